import assert from "node:assert/strict";
import { type ActionError, BackgroundTaskEx, BackgroundTaskExAction, type Deadline } from "../../server/authoring/index.ts";
import { Bench, outcomes } from "./recorded-task.ts";

interface Page {
  size: number;
}

let execute: (action: Download, deadline: Deadline) => boolean | Promise<boolean>;
let failures: ActionError[] = [];

class Download extends BackgroundTaskExAction<Page> {
  static override readonly attemptTimeout: number = 10_000;
  override changeActionParamsOnError(error: ActionError) {
    failures.push(error);
    return true;
  }
  executeAction(deadline: Deadline) {
    return execute(this, deadline);
  }
}
class DownloadAll extends BackgroundTaskEx<Page> {
  static override readonly actions = [Download];
}

describe("static attemptTimeout", () => {
  beforeEach(() => {
    failures = [];
  });

  async function downloading(): Promise<Bench> {
    const bench = new Bench([DownloadAll]);
    await bench.create("DownloadAll", { size: 100 });
    return bench;
  }

  /** What a `fetch` does that gets the signal and no answer. */
  const hang = (bench: Bench, action: Download, deadline: Deadline): never => {
    assert.equal(deadline.isReached(), false);
    bench.now = deadline.endTime;
    // Only requested now: its timer follows the real clock.
    action.signal.throwIfAborted();
    throw new Error("It was not aborted.");
  };

  it("ends a call that hangs long before the end of the tick: the deadline is reached, the signal aborts, the recovery is called", async () => {
    const bench = await downloading();
    const start = bench.now;
    let deadlineAt = 0;
    let reason: unknown;
    execute = (action, deadline) => {
      deadlineAt = deadline.endTime;
      try {
        return hang(bench, action, deadline);
      } finally {
        reason = action.signal.reason;
      }
    };
    assert.deepEqual(outcomes(await bench.tick({ maxExecutionTime: 60_000 })), ["Download:will-retry"]);
    assert.equal(deadlineAt, start + 10_000);
    assert.equal((reason as DOMException).name, "TimeoutError");
    execute = () => true;
    await bench.tick();
    const [failure] = failures;
    assert.equal(failure?.kind, "timed-out");
    assert.equal(failure?.name, "TimeoutError");
    assert.equal(failure?.message, "Download did not finish within the 10000 ms of its attemptTimeout.");
  });

  it("is a failure of kind timed-out, too, when the action then pauses, or throws an error of its own", async () => {
    const bench = await downloading();
    execute = (_, deadline) => {
      bench.now = deadline.endTime;
      return false;
    };
    assert.deepEqual(outcomes(await bench.tick({ maxExecutionTime: 60_000 })), ["Download:will-retry"]);
    execute = (_, deadline) => {
      bench.now = deadline.endTime;
      throw new RangeError("no page");
    };
    await bench.tick({ maxExecutionTime: 60_000 });
    execute = () => true;
    await bench.tick();
    assert.deepEqual(
      failures.map(({ kind, name }) => [kind, name]),
      [
        ["timed-out", "TimeoutError"],
        ["timed-out", "RangeError"],
      ],
    );
  });

  it("is no failure when the action finishes after all", async () => {
    const bench = await downloading();
    execute = (_, deadline) => {
      bench.now = deadline.endTime + 500;
      return true;
    };
    assert.deepEqual(outcomes(await bench.tick({ maxExecutionTime: 60_000 })), ["Download:finished"]);
  });

  it("counts the working time of the attempt over all ticks, but not the time between them", async () => {
    const bench = await downloading();
    const used: number[] = [];
    execute = (action, deadline) => {
      used.push(deadline.endTime - bench.now);
      bench.now = deadline.endTime;
      action.params.size += 1;
      return false;
    };
    for (let tick = 0; tick < 3; tick++) {
      await bench.tick({ maxExecutionTime: 4_000 });
      bench.now += 3_600_000;
    }
    assert.deepEqual(used, [4_000, 4_000, 2_000]);
    assert.equal((await bench.task()).status, "running");
    assert.equal((await bench.task()).actions[0]?.error?.kind, "timed-out");
    assert.deepEqual((await bench.task()).actions[0]?.params, { size: 103 }, "what the pause saved is kept");
  });

  it("starts again with each attempt", async () => {
    const bench = await downloading();
    const given: number[] = [];
    execute = (_, deadline) => {
      given.push(deadline.endTime - bench.now);
      bench.now = deadline.endTime;
      return false;
    };
    await bench.tick({ maxExecutionTime: 60_000 });
    await bench.tick({ maxExecutionTime: 60_000 });
    assert.deepEqual(given, [10_000, 10_000]);
  });

  it("does not shorten the next action of the same tick", async () => {
    let left = 0;
    class Last extends BackgroundTaskExAction<Page> {
      executeAction(deadline: Deadline) {
        left = deadline.remaining();
        return !deadline.isReached() && !this.signal.aborted;
      }
    }
    class Both extends BackgroundTaskEx<Page> {
      static override readonly actions = [Download, Last];
    }
    const bench = new Bench([Both]);
    await bench.create("Both", { size: 1 });
    execute = (_, deadline) => {
      bench.now = deadline.endTime;
      return true;
    };
    assert.deepEqual(outcomes(await bench.tick({ maxExecutionTime: 60_000 })), ["Download:finished", "Last:finished"]);
    assert.equal(left, 50_000);
  });

  it("leaves an action that was asked to stop paused", async () => {
    const bench = await downloading();
    const stop = new AbortController();
    execute = (_, deadline) => {
      stop.abort();
      bench.now += 20_000;
      assert.ok(deadline.isReached());
      return false;
    };
    await bench.tick({ signal: stop.signal });
    assert.equal((await bench.task()).status, "paused");
  });

  it("is unlimited if it is not a positive number", async () => {
    for (const attemptTimeout of [0, -5, Number.NaN, "10"]) {
      class Unlimited extends Download {
        static override readonly attemptTimeout = attemptTimeout as number;
      }
      class DownloadOnce extends BackgroundTaskEx<Page> {
        static override readonly actions = [Unlimited];
      }
      const bench = new Bench([DownloadOnce]);
      await bench.create("DownloadOnce", { size: 1 });
      execute = (_, deadline) => deadline.remaining() === 30_000;
      assert.deepEqual(outcomes(await bench.tick()), ["Unlimited:finished"]);
    }
  });
});
