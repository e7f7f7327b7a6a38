import assert from "node:assert/strict";
import { listEntries } from "../../client/history/history-list.ts";
import { actionEntryView, entryView } from "../../client/history/history-views.ts";
import type { HistoryActionJson, HistoryEntryJson } from "../../server/json/history-json.ts";
import { FOLDER, wording } from "./support/states.ts";

const startedAt = "2026-11-25T09:00:00.000Z";
const error = { name: "Error", message: "disk full", stack: "Error: disk full", file: "/shop/a.task.ts", line: 7, column: 3 };

function action(change: Partial<HistoryActionJson> = {}): HistoryActionJson {
  const attempt = { startedAt, durationMs: 2_060, params: {} };
  return { name: "CompressLogs", class: "CompressLogs", rank: 1, outcome: "finished", attempts: [attempt], durationMs: 2_060, ...change };
}

function entry(change: Partial<HistoryEntryJson> = {}): HistoryEntryJson {
  return {
    id: "t1",
    name: "nightly",
    class: "Nightly",
    type: "cron",
    outcome: "finished",
    message: "",
    params: {},
    createdAt: startedAt,
    endedAt: "2026-11-25T09:30:00.000Z",
    ticks: 3,
    actions: [action()],
    ...change,
  };
}

function only(of: HistoryEntryJson) {
  const [listed] = listEntries([{ folder: FOLDER, name: "shop", entries: [of] }], 10).entries;
  assert.ok(listed);
  return listed;
}

describe("The history", () => {
  it("lists the newest of all folders first, and says whether there are older ones", () => {
    const at = (id: string, minute: number) => entry({ id, endedAt: `2026-11-25T09:0${minute}:00.000Z` });
    const folders = [
      { folder: FOLDER, name: "shop", entries: [at("b", 3), at("d", 1)] },
      { folder: "file:///other", name: "other", entries: [at("a", 4), at("c", 2)] },
    ];
    const ids = (limit: number) => listEntries(folders, limit).entries.map(({ entry: { id } }) => id);
    assert.deepEqual(ids(3), ["a", "b", "c"]);
    assert.deepEqual([listEntries(folders, 3).hasMore, listEntries(folders, 4).hasMore], [true, false]);
  });

  it("says of a task what became of it, in how many ticks, how long its actions took, and when", () => {
    const view = entryView(only(entry()), false, wording);
    assert.equal(view.description, "finished · 3 ticks · 2.1 s · 09:30");
    assert.equal(
      entryView(only(entry({ ticks: 1, outcome: "cancelled" })), true, wording).description,
      "cancelled · 1 tick · 2.1 s · 09:30 · shop",
    );
    assert.equal(view.spoken, "nightly, finished, 3 ticks, 2.1 s, 09:30");
  });

  it("says of an action its attempts and its last error, and leads to the line where it happened", () => {
    const attempts = [
      { startedAt, durationMs: 10, params: {} },
      { startedAt, durationMs: 20, params: {}, error },
    ];
    const failed = action({ outcome: "failed", attempts, durationMs: 30 });
    assert.equal(actionEntryView(failed, wording).description, "failed · 2 attempts · 30 ms · disk full");
    assert.deepEqual(only(entry({ actions: [action(), failed] })).actions[1], {
      kind: "historyAction",
      folder: FOLDER,
      class: "Nightly",
      task: "t1",
      action: "1",
      file: "/shop/a.task.ts",
      line: 7,
      column: 3,
    });
  });

  it("says nothing but that of an action that was never started", () => {
    assert.equal(actionEntryView(action({ outcome: "not-started", attempts: [], durationMs: 0 }), wording).description, "not started");
  });
});
