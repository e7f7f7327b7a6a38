import assert from "node:assert/strict";
import { taskView } from "../../client/tree/task-view.ts";
import type { TaskState, TickState } from "../../server/protocol/folder-state.ts";
import { actionState, taskState, tickState, wording } from "./support/states.ts";

const failure = { name: "TypeError", message: "no such table\nsecond line", file: "/shop/a.task.ts", line: 7 };

function row(state: Partial<TaskState>, tick: TickState | null = null) {
  return taskView(taskState(state), tick, wording);
}

describe("The row of a task", () => {
  const rows: readonly { of: string; state: Partial<TaskState>; tick?: TickState; says: string; context: string; icon: string }[] = [
    { of: "a new task", state: {}, says: "new", context: "task runnable pausable cancellable", icon: "circle-outline" },
    {
      of: "a task that is executed",
      state: {
        status: "running",
        currentAction: "compress",
        actions: [actionState({ attempt: 2, maxAttempts: 5, progress: { done: 9, total: 20 } })],
      },
      tick: tickState(),
      says: "running · 45% · attempt 2 of 5",
      context: "task pausable cancellable",
      icon: "sync~spin",
    },
    {
      of: "a paused one with a message",
      state: { status: "paused", currentAction: "compress", message: "17 files left" },
      says: "paused · 17 files left",
      context: "task runnable pausable cancellable",
      icon: "debug-pause",
    },
    {
      of: "one that somebody holds",
      state: { status: "paused", held: true },
      says: "held until resumed",
      context: "task resumable cancellable",
      icon: "stop-circle",
    },
    {
      of: "one that waits for its next attempt",
      state: {
        status: "running",
        currentAction: "compress",
        nextAttemptAt: "2026-11-25T10:05:00.000Z",
        actions: [actionState({ attempt: 1, maxAttempts: 5, error: failure })],
      },
      says: "failed, next attempt 10:05 · attempt 1 of 5",
      context: "task retryable pausable cancellable failed dismissible",
      icon: "history",
    },
    {
      of: "one whose next attempt is due",
      state: {
        status: "running",
        currentAction: "compress",
        nextAttemptAt: "2026-11-25T09:55:00.000Z",
        actions: [actionState({ attempt: 1, maxAttempts: 5, error: failure })],
      },
      says: "failed, will retry in the next tick · attempt 1 of 5",
      context: "task runnable retryable pausable cancellable failed dismissible",
      icon: "warning",
    },
    {
      of: "one whose recovery failed",
      state: { status: "recovering", currentAction: "compress", actions: [actionState({ attempt: 1, maxAttempts: 5, error: failure })] },
      says: "failed, will be dropped in the next tick · attempt 1 of 5",
      context: "task runnable pausable cancellable failed dismissible",
      icon: "error",
    },
    {
      of: "one whose process ended without an error",
      state: { status: "running", currentAction: "compress", actions: [actionState({ attempt: 1 })] },
      says: "interrupted, continues in the next tick",
      context: "task runnable pausable cancellable",
      icon: "warning",
    },
    {
      of: "one that failed and waits for a person",
      state: {
        status: "failed",
        currentAction: "compress",
        actions: [actionState({ attempt: 5, maxAttempts: 5, outcome: "failed", error: failure })],
      },
      says: "failed · TypeError: no such table",
      context: "task retryable cancellable failed dismissible",
      icon: "error",
    },
    {
      of: "one that has lost an action and goes on",
      state: {
        status: "paused",
        currentAction: "other",
        actions: [actionState({ outcome: "failed", error: failure }), actionState({ id: "other" })],
      },
      says: "paused · 1 action failed",
      context: "task runnable pausable cancellable failed dismissible",
      icon: "debug-pause",
    },
    {
      of: "one that failed as a whole",
      state: { status: "failed", actions: [], error: failure },
      says: "failed · TypeError: no such table",
      context: "task retryable cancellable failed dismissible",
      icon: "error",
    },
    {
      of: "one of which all that failed was dismissed",
      state: {
        status: "failed",
        currentAction: "compress",
        actions: [actionState({ attempt: 5, maxAttempts: 5, outcome: "failed", error: failure, dismissed: true })],
      },
      says: "dismissed · failed · TypeError: no such table",
      context: "task retryable cancellable failed",
      icon: "error",
    },
    {
      of: "one of which something else failed than what was dismissed",
      state: {
        status: "failed",
        error: failure,
        actions: [actionState({ outcome: "failed", error: failure, dismissed: true })],
      },
      says: "failed · TypeError: no such table",
      context: "task retryable cancellable failed dismissible",
      icon: "error",
    },
    {
      of: "one whose class is missing",
      state: { status: "paused", problem: "No task file exports Nightly." },
      says: "cannot run · No task file exports Nightly.",
      context: "task pausable cancellable",
      icon: "warning",
    },
    {
      of: "a damaged one, which is left as it is",
      state: { status: "damaged", problem: "Its status is unknown.", actions: [] },
      says: "damaged · Its status is unknown.",
      context: "task",
      icon: "error",
    },
  ];
  for (const { of, state, tick = null, says, context, icon } of rows) {
    it(`says of ${of}: ${says}`, () => {
      const view = row(state, tick);
      assert.deepEqual([view.description, view.context, view.icon.id], [says, context, icon]);
    });
  }

  it("is red for what failed until that is dismissed, and stays open as a person left it", () => {
    const failed = { status: "failed", actions: [], error: failure } as const;
    const [open, dismissed] = [row(failed), row({ ...failed, dismissed: true })];
    assert.deepEqual([open.icon.color, dismissed.icon.color], ["testing.iconFailed", "testing.iconSkipped"]);
    assert.equal(dismissed.stage, open.stage);
  });

  it("is said to a screen reader in words", () => {
    const { spoken } = row(
      {
        name: "Compress logs",
        status: "running",
        currentAction: "compress",
        actions: [actionState({ attempt: 2, maxAttempts: 5, progress: { done: 9, total: 20 } })],
      },
      tickState(),
    );
    assert.equal(spoken, "Compress logs, running, 45 percent, attempt 2 of 5");
  });

  it("is open while it is executed and when something of it failed, closed otherwise", () => {
    assert.equal(row({}).expansion, "collapsed");
    assert.equal(row({ status: "running", currentAction: "compress" }, tickState()).expansion, "expanded");
    const [failed, other] = [actionState({ outcome: "failed", error: failure }), actionState({ id: "other" })];
    assert.equal(row({ status: "paused", currentAction: "other", actions: [failed, other] }).expansion, "expanded");
    assert.equal(row({ actions: [] }).expansion, "none");
  });

  it("counts as another row when it begins, and when it fails: how a person left it is respected in between", () => {
    const stages = [
      row({}),
      row({ status: "running", currentAction: "compress" }, tickState()),
      row({ status: "paused", currentAction: "compress" }),
      row({ status: "running", currentAction: "compress", actions: [actionState({ error: failure })] }),
    ];
    assert.deepEqual(
      stages.map(({ stage }) => stage),
      ["new", "begun", "begun", "failed"],
    );
  });
});
