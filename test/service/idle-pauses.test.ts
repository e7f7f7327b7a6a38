import assert from "node:assert/strict";
import { type ActionError, BackgroundTaskEx, BackgroundTaskExAction, type Deadline } from "../../server/authoring/index.ts";
import { Bench, outcomes } from "./recorded-task.ts";

interface Position {
  row: number;
}

const PAUSED_AT_ONCE = () => false;
let execute: (action: Poll, deadline: Deadline) => boolean | Promise<boolean> = PAUSED_AT_ONCE;
let failures: ActionError[] = [];

class Poll extends BackgroundTaskExAction<Position> {
  override changeActionParamsOnError(error: ActionError) {
    failures.push(error);
    return true;
  }
  executeAction(deadline: Deadline) {
    return execute(this, deadline);
  }
}
class PollThrice extends Poll {
  static override readonly maxIdlePauses = 3;
  static override readonly maxAttempts = 2;
}
class Watch extends BackgroundTaskEx<Position> {
  static override readonly actions = [Poll];
}
class WatchThrice extends BackgroundTaskEx<Position> {
  static override readonly actions = [PollThrice];
}

describe("idle pauses", () => {
  beforeEach(() => {
    execute = PAUSED_AT_ONCE;
    failures = [];
  });

  async function watching(taskClass: { readonly name: string } = Watch): Promise<Bench> {
    const bench = new Bench([Watch, WatchThrice]);
    await bench.create(taskClass.name, { row: 0 });
    return bench;
  }

  async function ticks(bench: Bench, count: number): Promise<void> {
    for (let tick = 0; tick < count; tick++) await bench.tick();
  }

  const idlePauses = async (bench: Bench) => (await bench.task()).actions[0]?.idlePauses;

  it("are counted while params, the task's params and progress stay the same, and are in the tick's report", async () => {
    const bench = await watching();
    await ticks(bench, 2);
    const report = await bench.tick();
    assert.equal(await idlePauses(bench), 3);
    assert.equal(report.tasks[0]?.actions[0]?.idlePauses, 3);
  });

  const changes: Record<string, (action: Poll) => unknown> = {
    "its params change": ({ params }) => {
      params.row += 1;
    },
    "a checkpoint saves other params": (action) => {
      action.params.row += 1;
      return action.checkpoint();
    },
    "the task's params change": ({ task }) => {
      (task.params as Position).row += 1;
    },
    "the progress changes": (action) => action.reportProgress({ done: 7 }),
  };
  for (const [what, change] of Object.entries(changes)) {
    it(`are counted from the beginning again when ${what}`, async () => {
      const bench = await watching();
      await ticks(bench, 2);
      execute = async (action) => {
        await change(action);
        return false;
      };
      await bench.tick();
      assert.equal(await idlePauses(bench), undefined);
      execute = PAUSED_AT_ONCE;
      await bench.tick();
      assert.equal(await idlePauses(bench), 1);
    });
  }

  it("include repeated reports of the same progress", async () => {
    const bench = await watching();
    execute = (action) => {
      action.reportProgress({ done: 3, total: 9, message: "waiting" });
      return false;
    };
    await ticks(bench, 4);
    assert.equal(await idlePauses(bench), 3);
  });

  it("include those of an action whose own abort signal ended a call that hung", async () => {
    const bench = await watching();
    execute = (action, deadline) => {
      bench.now = deadline.endTime;
      action.signal.throwIfAborted();
      return true;
    };
    await bench.tick({ maxExecutionTime: 20 });
    assert.equal(await idlePauses(bench), 1);
  });

  describe("at the deadline", () => {
    async function idleAfter(milliseconds: number, { maxExecutionTime }: { readonly maxExecutionTime: number }) {
      class Earlier extends BackgroundTaskExAction<Position> {
        executeAction(deadline: Deadline) {
          bench.now = deadline.endTime - milliseconds;
          return true;
        }
      }
      class EarlierAndPoll extends BackgroundTaskEx<Position> {
        static override readonly actions = [Earlier, Poll];
      }
      const bench = new Bench([EarlierAndPoll]);
      execute = (_, deadline) => {
        bench.now = deadline.endTime;
        return false;
      };
      await bench.create("EarlierAndPoll", { row: 0 });
      await bench.tick({ maxExecutionTime });
      return (await bench.task()).actions[1]?.idlePauses;
    }

    it("include those of an action that had a second", async () => {
      assert.equal(await idleAfter(1_000, { maxExecutionTime: 30_000 }), 1);
    });

    it("exclude those of an action that had less", async () => {
      assert.equal(await idleAfter(900, { maxExecutionTime: 30_000 }), undefined);
    });

    it("include those of an action that had half of a shorter tick", async () => {
      assert.equal(await idleAfter(250, { maxExecutionTime: 500 }), 1);
    });
  });

  it("exclude a pause that was requested", async () => {
    const bench = await watching();
    await bench.tick();
    const { id } = await bench.task();
    execute = async (_, deadline) => {
      await bench.store.submit({ kind: "pause", task: id });
      while (!deadline.isReached()) await new Promise((resolve) => setTimeout(resolve, 10));
      return false;
    };
    await bench.tick();
    assert.equal((await bench.task()).held, true);
    assert.equal(await idlePauses(bench), 1);
  });

  it("end with an edit of the params, and with a failure", async () => {
    const bench = await watching();
    await ticks(bench, 2);
    const { id } = await bench.task();
    await bench.store.submit({ kind: "params", task: id, action: "a1", params: { row: 7 } });
    await bench.tick();
    assert.equal(await idlePauses(bench), 1);
    execute = () => {
      throw new Error("broken");
    };
    await bench.tick();
    assert.equal(await idlePauses(bench), undefined);
    execute = PAUSED_AT_ONCE;
    await bench.tick();
    assert.equal(await idlePauses(bench), 1);
  });

  it("have no limit by default", async () => {
    const bench = await watching();
    await ticks(bench, 20);
    assert.equal(await idlePauses(bench), 20);
    assert.deepEqual(failures, []);
  });

  describe("with static maxIdlePauses", () => {
    it("fail the attempt beyond it, with kind stalled, and the recovery is called", async () => {
      const bench = await watching(WatchThrice);
      await ticks(bench, 3);
      assert.deepEqual(outcomes(await bench.tick()), ["PollThrice:will-retry"]);
      assert.equal(await idlePauses(bench), undefined);
      execute = () => true;
      assert.deepEqual(outcomes(await bench.tick()), ["PollThrice:finished"]);
      const [failure] = failures;
      assert.equal(failure?.kind, "stalled");
      assert.equal(failure?.name, "StalledError");
      assert.match(failure?.message ?? "", /^PollThrice paused 4 times in a row without changing its params or its progress/);
      assert.equal(failure?.attempt, 1);
    });

    it("count per attempt, and the last attempt drops the action", async () => {
      const bench = await watching(WatchThrice);
      await ticks(bench, 7);
      const report = await bench.tick();
      assert.deepEqual(outcomes(report), ["PollThrice:failed"]);
      assert.equal((await bench.store.history())[0]?.actions[0]?.attempts.at(-1)?.error?.kind, "stalled");
    });
  });
});
