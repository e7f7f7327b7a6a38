import assert from "node:assert/strict";
import { timelineOf } from "../../client/timeline/timeline.ts";
import { timelinePage } from "../../client/timeline/timeline-page.ts";
import { wording } from "./support/states.ts";

const attempt = (startedAt: string, durationMs: number, message?: string) => ({
  startedAt,
  durationMs,
  params: {},
  ...(message !== undefined && { error: { name: "RangeError", message, stack: "" } }),
});
const NIGHTLY = {
  name: "nightly",
  class: "Nightly",
  actions: [
    {
      name: "Compress",
      outcome: "finished" as const,
      attempts: [attempt("2026-11-24T10:00:00.000Z", 2_000, "too <much>"), attempt("2026-11-24T10:00:05.000Z", 5_000)],
    },
    { name: "Purge", attempts: [] },
  ],
};

describe("The timeline of a task", () => {
  it("places attempts on one axis, from the first start to the last end", () => {
    const { from, to, rows } = timelineOf(NIGHTLY);
    assert.deepEqual(
      [from, to].map((at) => new Date(at).toISOString()),
      ["2026-11-24T10:00:00.000Z", "2026-11-24T10:00:10.000Z"],
    );
    assert.deepEqual(
      rows[0]?.bars.map(({ start, length, failure }) => [start, length, failure]),
      [
        [0, 0.2, "RangeError: too <much>"],
        [0.5, 0.5, undefined],
      ],
    );
  });

  it("tells what has not begun from what is under way", () => {
    const underWay = { name: "Report", attempts: [attempt("2026-11-24T10:00:10.000Z", 1)] };
    const { rows } = timelineOf({ ...NIGHTLY, actions: [...NIGHTLY.actions, underWay] });
    assert.deepEqual(
      rows.map(({ state }) => state),
      ["finished", "waiting", "under-way"],
    );
  });

  it("is a page without scripts, in which nothing that an error says is markup", () => {
    const page = timelinePage(NIGHTLY, timelineOf(NIGHTLY), wording);
    assert.match(page, /default-src 'none'/);
    assert.doesNotMatch(page, /<script|<much>/);
    assert.match(page, /RangeError: too &lt;much&gt;/);
    assert.equal(page.match(/<rect /g)?.length, 2);
    assert.match(page, /class="failed"/);
  });

  it("says so while nothing was executed", () => {
    const waiting = { name: "new", class: "Nightly", actions: [{ name: "Compress" }] };
    assert.match(timelinePage(waiting, timelineOf(waiting), wording), /No action of this task has been executed yet/);
  });
});
