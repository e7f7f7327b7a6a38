import assert from "node:assert/strict";
import { actionView } from "../../client/tree/action-view.ts";
import type { ActionNode } from "../../client/tree/tree-node.ts";
import type { ActionState, TaskState, TickState } from "../../server/protocol/folder-state.ts";
import { actionState, FOLDER, taskState, tickState, wording } from "./support/states.ts";

const node: ActionNode = { kind: "action", folder: FOLDER, class: "Nightly", task: "t1", action: "compress" };
const error = { name: "Error", message: "\u001b[31mdisk full\u001b[0m\nsecond line" };

function row(state: Partial<ActionState>, task: Partial<TaskState> = {}, tick: TickState | null = null) {
  const action = actionState(state);
  return actionView(node, { action, task: taskState({ actions: [action], ...task }), tick }, wording);
}

describe("The row of an action", () => {
  it("spins while it is executed and says how far it is", () => {
    const view = row(
      { attempt: 1, progress: { done: 45, total: 100, message: "17 files" } },
      { status: "running", currentAction: "compress" },
      tickState(),
    );
    assert.equal(view.icon.id, "loading~spin");
    assert.equal(view.description, "running · 45% · 17 files");
    assert.equal(view.spoken, "CompressLogs, running, 45 percent, 17 files");
  });

  it("says the first line of its error, without colours of a terminal, and opens the failing line", () => {
    const view = row({ attempt: 2, maxAttempts: 5, outcome: "failed", error });
    assert.equal(view.description, "failed · disk full · attempt 2 of 5");
    assert.equal(view.context, "action failed dismissible");
    assert.deepEqual(view.opens, { kind: "source", node });
  });

  it("stays a failure when that is dismissed, said so and without alarm", () => {
    const view = row({ attempt: 2, maxAttempts: 5, outcome: "failed", error, dismissed: true });
    assert.equal(view.description, "dismissed · failed · disk full · attempt 2 of 5");
    assert.equal(view.spoken, "CompressLogs, dismissed, failed, disk full, attempt 2 of 5");
    assert.deepEqual(view.icon, { id: "error", color: "testing.iconSkipped" });
    assert.equal(view.context, "action failed", "there is nothing left to dismiss");
  });

  it("stays what it is going to be when its failure is dismissed", () => {
    const willRetry = { status: "running", currentAction: "compress" } as const;
    const view = row({ attempt: 1, maxAttempts: 5, error, dismissed: true }, willRetry);
    assert.equal(view.description, "dismissed · failed, will retry in the next tick · disk full · attempt 1 of 5");
    assert.deepEqual(view.icon, { id: "warning", color: "testing.iconSkipped" });
  });

  it("says when it is tried again", () => {
    const waiting = { status: "running", currentAction: "compress", nextAttemptAt: "2026-11-26T01:30:00.000Z" } as const;
    assert.equal(
      row({ attempt: 1, maxAttempts: 5, error }, waiting).description,
      "failed, next attempt Thu 01:30 · disk full · attempt 1 of 5",
    );
  });

  it("says nothing of an action that has not begun, but to a screen reader", () => {
    const view = row({});
    assert.equal(view.description, "");
    assert.equal(view.spoken, "CompressLogs, not started yet");
    assert.equal(view.context, "action editable");
  });

  it("has the commands of its task while it is the current one", () => {
    assert.equal(row({}, { status: "paused", currentAction: "compress" }).context, "action runnable pausable cancellable editable");
    assert.equal(row({ outcome: "finished" }, { status: "paused", currentAction: "other" }).context, "action");
  });

  it("does not spin beside the one that is executed", () => {
    const tick = tickState({ current: { task: "t1", action: "other" } });
    assert.equal(row({}, { status: "running", currentAction: "compress" }, tick).icon.id, "circle-outline");
  });

  for (const [outcome, says] of [
    ["finished", "finished"],
    ["dropped", "dropped"],
    ["cancelled", "cancelled"],
    ["not-started", "not started"],
  ] as const) {
    it(`says that it is ${says}`, () => assert.equal(row({ outcome, attempt: 1 }).description, says));
  }

  for (const progress of [{ done: 5 }, { done: 5, total: 0 }, { total: 5 }, {}]) {
    it(`claims no percentage of ${JSON.stringify(progress)}`, () => {
      assert.equal(row({ attempt: 1, progress }, { status: "running", currentAction: "compress" }, tickState()).description, "running");
    });
  }

  it("never says more than 100 percent, and 100 only at the end", () => {
    const percentage = (done: number) => row({ attempt: 1, progress: { done, total: 200 } }).description;
    assert.deepEqual([percentage(-1), percentage(199), percentage(200), percentage(900)], ["0%", "99%", "100%", "100%"]);
  });
});
