import assert from "node:assert/strict";
import { type ActionError, BackgroundTaskEx, BackgroundTaskExAction, type Deadline } from "../../server/authoring/index.ts";
import { Bench, outcomes } from "./recorded-task.ts";

interface Work {
  done: number;
}

let execute: (action: Chunked, deadline: Deadline) => boolean | Promise<boolean> = () => true;
let generate: (action: Generated, deadline: Deadline) => AsyncGenerator<unknown, boolean | undefined, unknown>;
let recover: (action: Chunked, error: ActionError) => boolean = () => true;

class Chunked extends BackgroundTaskExAction<Work, BackgroundTaskEx<Work>> {
  override changeActionParamsOnError(error: ActionError) {
    return recover(this, error);
  }
  executeAction(deadline: Deadline) {
    return execute(this, deadline);
  }
}
class Generated extends BackgroundTaskExAction<Work> {
  executeAction(deadline: Deadline) {
    return generate(this, deadline);
  }
}
class ByCalls extends BackgroundTaskEx<Work> {
  static override readonly actions = [Chunked];
}
class ByGenerator extends BackgroundTaskEx<Work> {
  static override readonly actions = [Generated];
}

async function oneTask(taskClass: { readonly name: string }) {
  const bench = new Bench([ByCalls, ByGenerator]);
  await bench.create(taskClass.name, { done: 0 });
  return bench;
}

const savedParams = async (bench: Bench) => (await bench.task()).actions[0]?.params;

beforeEach(() => {
  execute = () => true;
  recover = () => true;
});

describe("params", () => {
  it("are saved at a pause and go on from there", async () => {
    const bench = await oneTask(ByCalls);
    execute = (action) => ++action.params.done >= 3;
    await bench.tick();
    assert.deepEqual(await savedParams(bench), { done: 1 });
    await bench.tick();
    assert.deepEqual(outcomes(await bench.tick()), ["Chunked:finished"]);
  });

  it("return to what was last saved after a throw: what the failed call changed is forgotten, in the task too", async () => {
    const bench = await oneTask(ByCalls);
    execute = async (action) => {
      action.params.done = 5;
      await action.checkpoint();
      action.params.done = 9;
      action.task.params.done = 9;
      action.task.message = "nine";
      throw new Error("after the checkpoint");
    };
    await bench.tick();
    const { actions, params, message } = await bench.task();
    assert.deepEqual([actions[0]?.params, params, message], [{ done: 5 }, { done: 0 }, ""]);
  });

  it("of a task are what was last saved for the action after a failed one in the same tick", async () => {
    const seen: unknown[] = [];
    class Fails extends BackgroundTaskExAction<Work, BackgroundTaskEx<Work>> {
      static override readonly maxAttempts = 1;
      executeAction(): boolean {
        this.task.params.done = 7;
        throw new Error("no");
      }
    }
    class Looks extends BackgroundTaskExAction<Work> {
      executeAction() {
        seen.push(this.task.params);
        return true;
      }
    }
    class Both extends BackgroundTaskEx<Work> {
      static override readonly actions = [Fails, Looks];
    }
    const bench = new Bench([Both]);
    await bench.create("Both", { done: 0 });
    await bench.tick();
    assert.deepEqual(seen, [{ done: 0 }]);
  });

  it("changed by a recovery are saved with the next attempt", async () => {
    const bench = await oneTask(ByCalls);
    execute = () => {
      throw new Error("again");
    };
    recover = (action) => {
      action.params.done += 10;
      return true;
    };
    await bench.tick();
    await bench.tick();
    const [action] = (await bench.task()).actions;
    assert.deepEqual(action?.params, { done: 10 });
    assert.deepEqual(
      action?.attempts.map((attempt) => attempt.params),
      [{ done: 0 }, { done: 10 }],
    );
  });

  it("that JSON cannot represent count as a throw at the pause, with the path; nothing is written", async () => {
    const bench = await oneTask(ByCalls);
    execute = (action) => {
      Object.assign(action.params, { when: new Date(0) });
      return false;
    };
    assert.deepEqual(outcomes(await bench.tick()), ["Chunked:will-retry"]);
    const [action] = (await bench.task()).actions;
    assert.match(action?.error?.message ?? "", /params\.when/);
    assert.deepEqual(action?.params, { done: 0 });
  });

  it("that JSON cannot represent count as a throw at a checkpoint, where the author sees it", async () => {
    const bench = await oneTask(ByCalls);
    execute = async (action) => {
      Object.assign(action.params, { when: [undefined] });
      await action.checkpoint();
      return true;
    };
    await bench.tick();
    assert.match((await bench.task()).actions[0]?.error?.message ?? "", /params\.when\[0\]/);
  });
});

describe("executeAction as a generator", () => {
  it("saves at each yield, and has finished when it returns nothing", async () => {
    const bench = await oneTask(ByGenerator);
    const saved: unknown[] = [];
    generate = async function* (action) {
      while (action.params.done < 3) {
        action.params.done++;
        yield;
        saved.push(await savedParams(bench));
      }
      return undefined;
    };
    assert.deepEqual(outcomes(await bench.tick()), ["Generated:finished"]);
    assert.deepEqual(saved, [{ done: 1 }, { done: 2 }, { done: 3 }]);
  });

  it("is paused at the first yield after the deadline, its finally runs, and it starts from its top in the next tick", async () => {
    const bench = await oneTask(ByGenerator);
    const log: string[] = [];
    generate = async function* (action) {
      log.push(`top ${action.params.done}`);
      try {
        while (action.params.done < 2) {
          action.params.done++;
          bench.now += 31_000;
          yield;
          log.push("after the yield");
        }
      } finally {
        log.push("finally");
      }
      return true;
    };
    assert.deepEqual(outcomes(await bench.tick()), ["Generated:paused"]);
    assert.deepEqual(log, ["top 0", "finally"]);
    await bench.tick();
    await bench.tick();
    assert.deepEqual(log, ["top 0", "finally", "top 1", "finally", "top 2", "finally"]);
  });

  it("pauses by returning false, and fails by throwing", async () => {
    const bench = await oneTask(ByGenerator);
    generate = async function* () {
      yield;
      return false;
    };
    assert.deepEqual(outcomes(await bench.tick()), ["Generated:paused"]);
    generate = async function* () {
      yield;
      throw new Error("in the generator");
    };
    assert.deepEqual(outcomes(await bench.tick()), ["Generated:will-retry"]);
  });

  it("runs its finally when a yield cannot be saved", async () => {
    const bench = await oneTask(ByGenerator);
    let cleaned = false;
    generate = async function* (action) {
      try {
        Object.assign(action.params, { when: () => {} });
        yield;
      } finally {
        cleaned = true;
      }
      return true;
    };
    assert.deepEqual(outcomes(await bench.tick()), ["Generated:will-retry"]);
    assert.ok(cleaned);
  });
});

describe("answers of the wrong kind", () => {
  it("are failures that say what to return", async () => {
    const bench = await oneTask(ByCalls);
    execute = () => undefined as never;
    await bench.tick();
    assert.equal(
      (await bench.task()).actions[0]?.error?.message,
      "executeAction of Chunked returned undefined; return true (finished) or false (paused).",
    );
  });
});

describe("the deadline", () => {
  it("is the tick's end time and counts down to zero", async () => {
    const bench = await oneTask(ByCalls);
    const seen: unknown[] = [];
    execute = (_action, deadline) => {
      seen.push(deadline.endTime - bench.now, deadline.remaining(), deadline.isReached());
      bench.now += 40_000;
      seen.push(deadline.remaining(), deadline.isReached());
      return true;
    };
    await bench.tick({ maxExecutionTime: 10_000 });
    assert.deepEqual(seen, [10_000, 10_000, false, 0, true]);
  });

  it("aborts its signal in real time, and an action that rejects because of that is paused, not failed", async () => {
    const bench = new Bench([ByCalls], { clock: { now: Date.now }, maxExecutionTime: 50 });
    await bench.create("ByCalls", { done: 0 });
    execute = (action) =>
      new Promise((_resolve, reject) =>
        action.signal.addEventListener("abort", () => reject(new Error("fetch failed", { cause: action.signal.reason }))),
      );
    const report = await bench.tick();
    assert.deepEqual(outcomes(report), ["Chunked:paused"]);
    assert.equal(report.outcome, "time-budget-spent");
  });

  it("may be set for the next tick: setProcessEndTime wins over maxExecutionTime", async () => {
    const bench = await oneTask(ByCalls);
    const service = bench.service({ maxExecutionTime: 30_000 });
    service.setProcessEndTime(bench.now + 5);
    let remaining = 0;
    execute = (_action, deadline) => {
      remaining = deadline.remaining();
      assert.equal(service.isTimeoutReached(), false);
      bench.now += 5;
      assert.equal(service.isTimeoutReached(), true);
      return true;
    };
    await service.processTasks();
    assert.equal(remaining, 5);
  });

  it("is looked at before every task: what is left over is not touched", async () => {
    const bench = new Bench([ByCalls]);
    for (const name of ["one", "two"]) await bench.create("ByCalls", { done: 0 }, { name });
    execute = () => {
      bench.now += 31_000;
      return true;
    };
    const report = await bench.tick();
    assert.equal(report.outcome, "time-budget-spent");
    assert.deepEqual(
      report.tasks.map(({ name }) => name),
      ["one"],
    );
    assert.equal((await bench.task()).status, "created");
  });
});

describe("a cancelled tick", () => {
  it("pauses what is executed, touches no further task, and counts no attempt", async () => {
    const bench = new Bench([ByCalls]);
    for (const name of ["one", "two"]) await bench.create("ByCalls", { done: 0 }, { name });
    const controller = new AbortController();
    execute = (_action, deadline) => {
      controller.abort();
      assert.ok(deadline.isReached());
      throw new Error("could not go on");
    };
    const report = await bench.tick({ signal: controller.signal });
    assert.equal(report.outcome, "cancelled");
    assert.deepEqual(outcomes(report), ["Chunked:paused"]);
    assert.deepEqual(
      (await bench.tasks()).map(({ status, actions }) => [status, actions[0]?.attempt]),
      [
        ["paused", 1],
        ["created", 0],
      ],
    );
  });
});

describe("progress and message", () => {
  it("reach the observer and the store", async () => {
    const bench = await oneTask(ByCalls);
    const shown: unknown[] = [];
    execute = (action) => {
      for (let done = 1; done <= 100; done++) {
        bench.now += 10;
        action.reportProgress({ done, total: 100 });
      }
      action.task.message = "half way";
      return false;
    };
    const observer = { actionProgressed: (_task: unknown, _action: unknown, progress: unknown) => shown.push(progress) };
    await bench.tick({ observer });
    assert.deepEqual(shown.at(-1), { done: 100, total: 100 });
    assert.ok(shown.length <= 12, `100 reports within a second were passed on as ${shown.length}`);
    const { message, actions } = await bench.task();
    assert.equal(message, "half way");
    assert.deepEqual(actions[0]?.progress, { done: 100, total: 100 });
  });
});

describe("retryDelay", () => {
  it("leaves the task alone until it is over, and a retry by a person ends it", async () => {
    class Waits extends BackgroundTaskExAction<Work> {
      static override readonly retryDelay = 60_000;
      executeAction(): boolean {
        throw new Error("not yet");
      }
    }
    class WaitingTask extends BackgroundTaskEx<Work> {
      static override readonly actions = [Waits];
    }
    const bench = new Bench([WaitingTask]);
    await bench.create("WaitingTask", { done: 0 });
    await bench.tick();
    const { id, nextAttemptAt } = await bench.task();
    assert.equal(nextAttemptAt, new Date(bench.now + 60_000).toISOString());
    assert.deepEqual(outcomes(await bench.tick()), []);
    bench.now += 60_000;
    assert.deepEqual(outcomes(await bench.tick()), ["Waits:will-retry"]);
    await bench.store.submit({ kind: "retry", task: id });
    const report = await bench.tick();
    assert.equal(report.tasks[0]?.actions[0]?.attempt, 3);
  });
});
