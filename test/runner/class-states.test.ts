import assert from "node:assert/strict";
import { classStates } from "../../server/runner/folder/sources/class-catalog.ts";
import type { ClassDescription } from "../../server/service/index.ts";
import type { ScheduleRecord } from "../../server/store/index.ts";

describe("What clients are told of a scheduled class", () => {
  const nightly: ClassDescription = {
    kind: "task",
    name: "Nightly",
    schedule: "every day at 02:00 (Europe/Paris)",
    nextOccurrence: "2026-11-25T01:00:00.000Z",
    nextOccurrences: ["2026-11-25T01:00:00.000Z", "2026-11-26T01:00:00.000Z", "2026-11-27T01:00:00.000Z"],
    timeZone: "Europe/Paris",
    actions: [],
  };
  const told = (now: string, schedules: readonly ScheduleRecord[] = []) => {
    const [state] = classStates({ classes: [nightly], imports: [], problems: [] }, schedules, new Map(), Date.parse(now));
    return state ?? assert.fail();
  };

  it("has the times that are still to come, and their zone, of a description that may be days old", () => {
    const { nextOccurrences, timeZone } = told("2026-11-24T12:00:00Z");
    assert.deepEqual([nextOccurrences, timeZone], [nightly.nextOccurrences, "Europe/Paris"]);
    assert.deepEqual(told("2026-11-26T01:00:00Z").nextOccurrences, ["2026-11-27T01:00:00.000Z"]);
    assert.deepEqual(told("2026-12-24T12:00:00Z").nextOccurrences, []);
  });

  it("has what ticks remember as the next occurrence, be it one that was missed", () => {
    const missed = { name: "Nightly", nextOccurrence: "2026-11-24T01:00:00.000Z" };
    const { nextOccurrence, nextOccurrences } = told("2026-11-24T12:00:00Z", [missed]);
    assert.deepEqual([nextOccurrence, nextOccurrences], [missed.nextOccurrence, nightly.nextOccurrences]);
  });
});
