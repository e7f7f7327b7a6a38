import assert from "node:assert/strict";
import { BackgroundTaskEx, BackgroundTaskExAction } from "../../server/authoring/index.ts";
import { currentTasks, failedAttempt } from "../../server/service/index.ts";
import type { HistoryEntry, TaskRecord } from "../../server/store/index.ts";
import { Bench } from "./recorded-task.ts";

class Shrink extends BackgroundTaskExAction<{ size: number }> {
  static override readonly maxAttempts = 3;
  override changeActionParamsOnError() {
    this.params.size /= 2;
    return true;
  }
  async executeAction(): Promise<boolean> {
    throw new RangeError(`${this.params.size} is too much`);
  }
}
class Steps extends BackgroundTaskExAction<{ size: number; step?: number }> {
  static override readonly maxAttempts = 2;
  async executeAction(): Promise<boolean> {
    this.params.step = (this.params.step ?? 0) + 1;
    if (this.params.step === 3) throw new Error("the third step");
    await this.checkpoint();
    return false;
  }
}
class Unready extends BackgroundTaskExAction<{ size: number }> {
  override initActionParams(): boolean {
    throw new Error("not ready");
  }
  async executeAction() {
    return true;
  }
}
class Unrecovered extends BackgroundTaskExAction<{ size: number }> {
  override changeActionParamsOnError(): boolean {
    throw new Error("no way out");
  }
  async executeAction(): Promise<boolean> {
    throw new TypeError("at first");
  }
}
class Ready extends BackgroundTaskExAction<{ size: number }> {
  async executeAction() {
    return true;
  }
}

const taskClass = (...actions: readonly (new (params: { size: number }) => BackgroundTaskExAction<{ size: number }>)[]) =>
  class Task extends BackgroundTaskEx<{ size: number }> {
    static override readonly actions = actions;
  };

class Lost extends BackgroundTaskEx<{ size: number }> {
  static override readonly actions = [Ready];
  override async getNextAction(): Promise<never> {
    throw new Error("lost");
  }
}

describe("The failed attempt", () => {
  let bench: Bench;

  type TaskClass = abstract new (params: { size: number }) => BackgroundTaskEx<{ size: number }>;

  /** After a task was created, and so many ticks a second apart. */
  async function ticked(task: TaskClass, ticks: number): Promise<void> {
    bench = new Bench([task, Shrink, Steps, Unready, Unrecovered, Ready]);
    await bench.create(task.name, { size: 64 });
    for (let tick = 0; tick < ticks; tick++) {
      await bench.tick();
      bench.now += 1_000;
    }
  }

  async function stored(task: TaskClass, ticks = 1): Promise<TaskRecord> {
    await ticked(task, ticks);
    return bench.task();
  }

  async function ended(task: TaskClass, ticks: number): Promise<HistoryEntry> {
    await ticked(task, ticks);
    const [entry] = await bench.store.history();
    assert.ok(entry);
    return entry;
  }

  it("is the last one of a task that lives, under way again, with its own number and params", async () => {
    const task = await stored(taskClass(Ready, Shrink, Ready), 2);
    const { task: then, call, error, wasThrown } = failedAttempt(task, "a2");
    assert.deepEqual(call, { method: "executeAction", action: "a2" });
    assert.deepEqual([error.message, wasThrown], ["32 is too much", true]);
    assert.deepEqual([then.status, then.currentAction, then.params], ["running", "a2", { size: 64 }]);
    const [before, failed, after] = then.actions;
    assert.equal(before?.outcome, "finished");
    assert.deepEqual([failed?.attempt, failed?.params, failed?.outcome, failed?.error], [2, { size: 32 }, undefined, undefined]);
    assert.deepEqual(failed?.attempts.length, 2);
    assert.equal(failed?.attempts[1]?.error, undefined);
    assert.deepEqual([after?.attempt, after?.outcome], [0, undefined]);
  });

  it("has its own params, not those that a person or a recovery has given the action since", async () => {
    const task = await stored(taskClass(Shrink));
    await bench.store.submit({ kind: "params", task: task.id, action: "a1", params: { size: 1 } });
    const [edited] = currentTasks(await bench.store.read()).tasks;
    assert.ok(edited);
    assert.deepEqual(edited.actions[0]?.params, { size: 1 });
    const { task: then } = failedAttempt({ ...edited, nextAttemptAt: "2026-01-06T00:00:00.000Z", held: true }, "a1");
    assert.deepEqual(then.actions[0]?.params, { size: 64 });
    assert.deepEqual([then.held, then.nextAttemptAt], [undefined, undefined]);
  });

  it("has those that it had saved last, where a pause or a checkpoint came before the failure", async () => {
    const task = await stored(taskClass(Steps), 3);
    assert.deepEqual(failedAttempt(task, "a1").task.actions[0]?.params, { size: 64, step: 2 });
    const entry = await ended(taskClass(Steps), 4);
    assert.deepEqual(failedAttempt(entry, "a1").task.actions[0]?.params, { size: 64, step: 2 });
  });

  it("of an action that was dropped comes before the actions that were begun since", async () => {
    const entry = await ended(taskClass(Shrink, Ready), 3);
    const { task, call } = failedAttempt(entry, "0");
    assert.deepEqual([task.id, task.currentAction, call.method], [entry.id, "a1", "executeAction"]);
    assert.deepEqual(
      task.actions.map(({ attempt, outcome, params }) => [attempt, outcome, params]),
      [
        [3, undefined, { size: 16 }],
        [0, undefined, { size: 64 }],
      ],
    );
  });

  it("is one of initActionParams where that had thrown", async () => {
    const { task, call } = failedAttempt(await stored(taskClass(Unready)), "a1");
    assert.deepEqual(call, { method: "initActionParams", action: "a1" });
    assert.deepEqual([task.status, task.actions[0]?.params], ["starting", { size: 64 }]);
  });

  it("is one of changeActionParamsOnError where that had thrown, with the error that it was given", async () => {
    const { task, call, error } = failedAttempt(await stored(taskClass(Unrecovered), 2), "a1");
    assert.equal(task.status, "recovering");
    assert.equal(error.message, "no way out");
    assert.ok(call.method === "changeActionParamsOnError");
    const { stack, ...given } = call.error;
    assert.deepEqual(given, { name: "TypeError", message: "at first", attempt: 1, kind: "thrown" });
    assert.match(stack, /^TypeError: at first\n/);
  });

  it("is one of getNextAction where the task had failed as a whole", async () => {
    const { task, call, error } = failedAttempt(await stored(Lost), "");
    assert.deepEqual([call, error.message], [{ method: "getNextAction" }, "lost"]);
    assert.deepEqual([task.status, task.currentAction, task.error], ["paused", null, undefined]);
  });

  it("threw nothing where the process had died", async () => {
    const task = await stored(taskClass(Shrink));
    const died = { ...task, actions: task.actions.map((action) => withError(action, { kind: "process-died" })) };
    assert.equal(failedAttempt(died, "a1").wasThrown, false);
  });

  it("cannot be made again where it is a recovery and what it was to recover from is not kept", async () => {
    const task = await stored(taskClass(Unrecovered), 2);
    const lost = { ...task, actions: task.actions.map((action) => withError(action, { cause: undefined })) };
    assert.throws(() => failedAttempt(lost, "a1"), /The error that Unrecovered has to recover from is not stored/);
  });
});

function withError(action: TaskRecord["actions"][number], changed: object): TaskRecord["actions"][number] {
  return { ...action, attempts: action.attempts.map((attempt) => ({ ...attempt, error: Object.assign({}, attempt.error, changed) })) };
}
