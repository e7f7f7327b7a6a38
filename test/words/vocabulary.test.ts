import assert from "node:assert/strict";
import type { ActionState, TaskState } from "../../server/protocol/folder-state.ts";
import { dueInWords } from "../../server/words/due-words.ts";
import { errorInWords, failureInWords } from "../../server/words/failure-words.ts";
import { outcomeInWords } from "../../server/words/outcome-words.ts";
import { amountInWords, percentageInWords, percentageOf } from "../../server/words/progress-words.ts";
import { endInWords, outcomesInWords, reportedTaskInWords, skippedInWords, tickInWords } from "../../server/words/report-words.ts";
import { type JudgedTick, situationOfAction, situationOfTask } from "../../server/words/situation.ts";
import { attemptInWords, situationInWords } from "../../server/words/situation-words.ts";
import { actionState, taskState, wording } from "../client/support/states.ts";

const error = { name: "Error", message: "no network" };
const begun = { currentAction: "compress" };
const failing = { ...begun, actions: [actionState({ attempt: 1, error })] };
const executing: JudgedTick = { current: { task: "t1", action: "compress" } };
const elsewhere: JudgedTick = { current: { task: "t2", action: "a1" } };

describe("Where a task stands is called", () => {
  const table: readonly (readonly [words: string, state: Partial<TaskState>, tick?: JudgedTick])[] = [
    ["new", {}],
    ["running", { status: "running", ...begun }, executing],
    ["running", { status: "running", ...failing }, executing],
    ["running", { status: "running", ...begun }, { current: null }],
    ["paused", { status: "paused", ...begun }],
    ["continues with the next action in the next tick", { status: "paused", currentAction: null }],
    ["will retry in the next tick", { status: "paused", ...begun, actions: [actionState({ isRetried: true })] }],
    ["paused", { status: "paused", ...begun, actions: [actionState({ idlePauses: 2 })] }],
    ["paused 3 times without progress", { status: "paused", ...begun, actions: [actionState({ idlePauses: 3 })] }],
    ["held until resumed", { status: "paused", held: true }],
    ["held until resumed", { status: "created", held: true, problem: "There is no class Nightly." }],
    ["cannot run", { status: "created", problem: "There is no class Nightly." }],
    ["failed, next attempt 10:05", { status: "running", ...failing, nextAttemptAt: "2026-11-25T10:05:00.000Z" }],
    ["failed, next attempt 10:01:30", { status: "running", ...failing, nextAttemptAt: "2026-11-25T10:01:30.000Z" }],
    ["failed, will retry in the next tick", { status: "running", ...failing, nextAttemptAt: "2026-11-25T09:55:00.000Z" }],
    ["failed, will retry in the next tick", { status: "running", ...failing }, elsewhere],
    ["failed, will be dropped in the next tick", { status: "starting", ...failing }],
    ["failed, will be dropped in the next tick", { status: "recovering", ...failing }],
    ["interrupted, continues in the next tick", { status: "running", ...begun }],
    ["failed", { status: "failed", ...failing }],
    ["damaged", { status: "damaged" }],
  ];
  for (const [words, state, tick = null] of table) {
    it(`${words}: ${JSON.stringify({ ...state, ...(state.actions && { actions: state.actions.map(({ id, error, ...action }) => ({ ...action, failed: error !== undefined })) }) })}, tick ${JSON.stringify(tick)}`, () => {
      const task = taskState(state);
      assert.equal(situationInWords(situationOfTask(task, tick, wording.now), task, wording), words);
    });
  }
});

describe("Where an action stands is called", () => {
  const table: readonly (readonly [words: string, state: Partial<ActionState>, task?: Partial<TaskState>, tick?: JudgedTick])[] = [
    ["finished", { outcome: "finished" }],
    ["failed", { outcome: "failed", error }],
    ["dropped", { outcome: "dropped" }],
    ["cancelled", { outcome: "cancelled" }],
    ["not started", { outcome: "not-started" }],
    ["running", {}, { status: "running", ...begun }, executing],
    ["failed, will retry in the next tick", { error }, { status: "running", ...failing }],
    ["paused", {}, { status: "paused", ...begun }],
    ["paused 7 times without progress", { idlePauses: 7 }, { status: "paused", ...begun, actions: [actionState({ idlePauses: 7 })] }],
    ["", {}, { status: "paused", currentAction: "another" }],
  ];
  for (const [words, state, of = {}, tick = null] of table) {
    it(words || "nothing, before its turn", () => {
      const task = taskState(of);
      assert.equal(situationInWords(situationOfAction(actionState(state), task, tick, wording.now), task, wording), words);
    });
  }
});

describe("How something has ended is called", () => {
  for (const [outcome, words] of [
    ["finished", "finished"],
    ["finished-with-failures", "finished with failures"],
    ["failed", "failed"],
    ["dropped", "dropped"],
    ["cancelled", "cancelled"],
    ["not-started", "not started"],
  ] as const) {
    it(words, () => assert.equal(outcomeInWords(outcome, wording), words));
  }

  it("by their numbers, where there are several", () => {
    assert.equal(
      outcomesInWords(["finished", "will-retry", "finished", "not-started"], wording),
      "2 finished, 1 to be retried, 1 not started",
    );
    assert.equal(outcomesInWords([], wording), "");
  });
});

describe("A tick reports", () => {
  it("what it came to", () => {
    const words = (["done", "time-budget-spent", "locked", "cancelled"] as const).map((outcome) => tickInWords(outcome, wording));
    assert.deepEqual(words, ["Tick done", "Time budget spent", "Another tick is running", "Tick cancelled"]);
  });

  for (const [words, status, outcome] of [
    ["new", "created", undefined],
    ["paused", "paused", "paused"],
    ["continues with the next action in the next tick", "paused", "failed"],
    ["failed, will retry", "running", "will-retry"],
    ["failed, will be dropped in the next tick", "recovering", "failed"],
    ["interrupted, continues in the next tick", "running", undefined],
    ["failed", "failed", "failed"],
    ["finished", "finished", "dropped"],
    ["cancelled", "cancelled", "cancelled"],
  ] as const) {
    it(`that it has left a task as ${words}`, () => {
      const actions = outcome ? [{ name: "Compress", class: "Compress", outcome, attempt: 1, durationMs: 5 }] : [];
      assert.equal(reportedTaskInWords({ status, actions }, wording), words);
    });
  }

  for (const [words, action] of [
    ["finished after 2.1 s", { outcome: "finished", attempt: 1, durationMs: 2_149 }],
    ["paused after 3 h, attempt 2", { outcome: "paused", attempt: 2, durationMs: 10_800_000 }],
    ["paused after 1 s", { outcome: "paused", attempt: 1, durationMs: 1_000, idlePauses: 2 }],
    ["paused after 1 s, 3 times in a row without progress", { outcome: "paused", attempt: 1, durationMs: 1_000, idlePauses: 3 }],
    ["failed after 5 ms, attempt 1, will retry", { outcome: "will-retry", attempt: 1, durationMs: 5, error }],
    ["failed after 5 ms, attempt 5", { outcome: "failed", attempt: 5, durationMs: 5, error }],
  ] as const) {
    it(`that an action ${words}`, () => assert.equal(endInWords(action, wording), words));
  }
});

describe("What a tick has left alone is called", () => {
  for (const [words, skipped] of [
    ["1 waits until 10:01:30", { waiting: 1, nextAttemptAt: "2026-11-25T10:01:30.000Z" }],
    ["3 wait, the first until Thu 01:30", { waiting: 3, nextAttemptAt: "2026-11-26T01:30:00.000Z" }],
    ["2 cannot run, 1 held, 4 failed", { failed: 4, held: 1, blocked: 2 }],
    ["1 outside the window of the schedule, 5 not reached", { outsideWindow: 1, notReached: 5 }],
  ] as const) {
    it(words, () => assert.equal(skippedInWords(skipped, wording), words));
  }
});

describe("An attempt is called", () => {
  for (const [words, action] of [
    [undefined, { attempt: 0 }],
    [undefined, { attempt: 1, maxAttempts: 5 }],
    [undefined, { attempt: 1, maxAttempts: 1, error }],
    ["attempt 1", { attempt: 1, error }],
    ["attempt 1 of 5", { attempt: 1, maxAttempts: 5, error }],
    ["attempt 2 of 5", { attempt: 2, maxAttempts: 5 }],
  ] as const) {
    it(`${words ?? "nothing"}: ${JSON.stringify(action)}`, () => assert.equal(attemptInWords(action, wording), words));
  }
});

describe("What is due is called", () => {
  it("by when it is next", () => assert.equal(dueInWords("2026-11-26T01:30:00.000Z", wording), "next Thu 01:30"));
  it("due now, when its time has come", () => assert.equal(dueInWords("2026-11-25T10:00:00.000Z", wording), "due now"));
});

describe("Progress is told", () => {
  it("as a percentage that is 100 only when all is done", () => {
    const percentage = (done: number, total?: number) => {
      const known = percentageOf({ done, ...(total !== undefined && { total }) });
      return known === undefined ? undefined : percentageInWords(known, wording);
    };
    assert.deepEqual(
      [percentage(0, 3), percentage(999, 1_000), percentage(4, 3), percentage(5), percentage(0, 0)],
      ["0%", "99%", "100%", undefined, undefined],
    );
  });

  it("as an amount, of the total where that is known", () => {
    assert.equal(amountInWords({ done: 999, total: 1_000 }, wording), "999 of 1,000");
    assert.equal(amountInWords({ done: 5 }, wording), "5");
    assert.equal(amountInWords({ done: 0, total: 0 }, wording), "0");
    assert.equal(amountInWords({ message: "scanning" }, wording), undefined);
  });
});

describe("An error is told", () => {
  it("without the name of a plain one", () => assert.equal(errorInWords({ name: "Error", message: "no network" }), "no network"));
  it("by its name and its message", () => assert.equal(errorInWords({ name: "TypeError", message: "a\nb" }), "TypeError: a\nb"));
  it("by its name alone, where there is no message", () => assert.equal(errorInWords({ name: "Error", message: "" }), "Error"));
  it("on one line, where there is no room for more", () =>
    assert.equal(failureInWords({ name: "TypeError", message: "\na\nb" }), "TypeError: a"));
});
