import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { BackgroundTaskEx, BackgroundTaskExAction, type Schedule } from "../../server/authoring/index.ts";
import { BackgroundTaskExService, type TickReport } from "../../server/service/index.ts";
import { MemoryTaskStore } from "../../server/store/index.ts";
import { type DescribedSchedule, Scheduler } from "../../server/supervisor/scheduling/scheduler.ts";

class Step extends BackgroundTaskExAction<{ chunks: number }> {
  async executeAction() {
    this.params.chunks--;
    return this.params.chunks <= 0;
  }
}
class OnDemand extends BackgroundTaskEx<{ chunks: number }> {
  static override readonly actions = [Step];
}

class Once extends BackgroundTaskExAction {
  async executeAction() {
    return true;
  }
}

/** Due at one moment only. */
function at(moment: number): Schedule {
  return {
    getNextOccurrence: (now) => (now.getTime() < moment ? new Date(moment) : null),
    describe: () => `once at ${new Date(moment).toISOString()}`,
  };
}

/** A scheduler on a store in memory and a real service, and what it has done so far. */
class Rig extends EventEmitter {
  readonly store = new MemoryTaskStore();
  readonly reports: TickReport[] = [];
  readonly waits: (number | null)[] = [];
  descriptions = 0;
  schedules: DescribedSchedule[] = [];
  service: BackgroundTaskExService;
  readonly scheduler: Scheduler;
  readonly #stop = new AbortController();
  #running: Promise<void> | undefined;

  constructor(classes: readonly unknown[]) {
    super();
    this.service = new BackgroundTaskExService({ store: this.store, classes });
    this.schedules = this.service.describeClasses().flatMap(({ name, schedule }) => (schedule ? [{ name, definition: schedule }] : []));
    this.scheduler = new Scheduler({
      store: this.store,
      describe: async () => {
        this.descriptions++;
        return this.schedules;
      },
      tick: async () => {
        const report = await this.service.processTasks();
        this.reports.push(report);
        this.emit("tick", report);
        return report;
      },
      isLocked: async () => {
        const writer = await this.store.acquire();
        await writer?.release();
        return writer === null;
      },
      onIdle: (until) => {
        this.waits.push(until);
        this.emit("idle", until);
      },
    });
  }

  start(): void {
    this.#running = this.scheduler.run(this.#stop.signal);
  }

  async untilIdle(): Promise<number | null> {
    const [until] = await once(this, "idle");
    return until;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    await this.store.close();
  }
}

describe("scheduler", () => {
  let rig: Rig;
  afterEach(() => rig.stop());

  it("does not tick while there is nothing to do", async () => {
    rig = new Rig([OnDemand, Step]);
    rig.start();
    assert.equal(await rig.untilIdle(), null);
    assert.equal(rig.reports.length, 0);
  });

  it("ticks for a task that another process creates, until it has ended", async () => {
    rig = new Rig([OnDemand, Step]);
    rig.start();
    await rig.untilIdle();
    const other = new BackgroundTaskExService({ store: rig.store, classes: [OnDemand, Step] });
    await other.createTask(OnDemand, { chunks: 2 });
    assert.equal(await rig.untilIdle(), null);
    assert.equal(rig.reports.length, 2);
    assert.equal((await rig.store.history())[0]?.outcome, "finished");
  });

  it("lets some time pass between two ticks that had time left", async () => {
    rig = new Rig([OnDemand, Step]);
    await rig.service.createTask(OnDemand, { chunks: 2 });
    const begun = Date.now();
    rig.start();
    await rig.untilIdle();
    assert.ok(Date.now() - begun >= 1_000);
  });

  it("waits longer and longer before it calls an idle action again", async () => {
    class Wait extends BackgroundTaskExAction {
      executeAction() {
        return false;
      }
    }
    class Waiting extends BackgroundTaskEx {
      static override readonly actions = [Wait];
    }
    rig = new Rig([Waiting, Wait]);
    await rig.service.createTask(Waiting, {});
    const idlePauses = async () => (await rig.store.read()).tasks[0]?.actions[0]?.idlePauses;
    // As if a long time had passed.
    for (let tick = 0; tick < 4; tick++) await rig.service.processTasks();
    rig.start();
    const until = await rig.untilIdle();
    // The fifth, and one more because the task files were described after it.
    assert.equal(await idlePauses(), 6);
    const left = (until ?? 0) - Date.now();
    assert.ok(left > 5_000 && left <= 8_000, `${left} ms`);
  });

  it("first tells a schedule to the store, then ticks when it is due", async () => {
    const moment = Date.now() + 2_500;
    class Scheduled extends BackgroundTaskEx {
      static override readonly actions = [Once];
      static override readonly schedule = at(moment);
    }
    rig = new Rig([Scheduled, Once]);
    rig.start();
    assert.equal(await rig.untilIdle(), moment);
    assert.equal(rig.reports.length, 1);
    assert.equal(await rig.untilIdle(), null);
    assert.ok(Date.now() >= moment);
    assert.deepEqual(
      (await rig.store.history()).map((entry) => entry.class),
      ["Scheduled"],
    );
  });

  it("waits for the next attempt of a task that failed", async () => {
    class FailOnce extends BackgroundTaskExAction<{ failed: boolean }> {
      static override readonly retryDelay = 1_500;
      override async changeActionParamsOnError() {
        this.params.failed = true;
        return true;
      }
      async executeAction() {
        if (!this.params.failed) throw new Error("once");
        return true;
      }
    }
    class Failing extends BackgroundTaskEx<{ failed: boolean }> {
      static override readonly actions = [FailOnce];
    }
    rig = new Rig([Failing, FailOnce]);
    await rig.service.createTask(Failing, { failed: false });
    rig.start();
    const until = await rig.untilIdle();
    assert.equal(until, Date.parse((await rig.store.read()).tasks[0]?.nextAttemptAt ?? ""));
    await rig.untilIdle();
    assert.equal((await rig.store.history()).length, 1);
  });

  it("waits for whoever else is ticking, and goes on afterwards", async () => {
    rig = new Rig([OnDemand, Step]);
    await rig.service.createTask(OnDemand, { chunks: 1 });
    const owner = await rig.store.acquire();
    rig.start();
    const [report] = await once(rig, "tick");
    assert.equal(report.outcome, "locked");
    await owner?.release();
    await rig.untilIdle();
    assert.equal((await rig.store.history()).length, 1);
  });

  it("tries what was blocked once more when task files have changed", async () => {
    rig = new Rig([]);
    const author = new BackgroundTaskExService({ store: rig.store, classes: [OnDemand, Step] });
    await author.createTask(OnDemand, { chunks: 1 });
    rig.start();
    await rig.untilIdle();
    assert.match((await rig.store.read()).tasks[0]?.problem ?? "", /OnDemand/);
    assert.equal(rig.reports.length, 1);
    rig.service = author;
    rig.scheduler.filesChanged();
    await rig.untilIdle();
    assert.equal(rig.descriptions, 2);
    assert.equal((await rig.store.history()).length, 1);
  });

  it("passes on what makes ticks impossible", async () => {
    rig = new Rig([]);
    await rig.store.close();
    await assert.rejects(rig.scheduler.run(new AbortController().signal), { name: "StoreError" });
  });
});
