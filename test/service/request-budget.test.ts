import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { BackgroundTaskEx, BackgroundTaskExAction } from "../../server/authoring/index.ts";
import { BackgroundTaskExService } from "../../server/service/index.ts";
import { JsonTaskStore, type TaskStore } from "../../server/store/index.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

class NoOp extends BackgroundTaskExAction<object> {
  executeAction() {
    return true;
  }
}

class NoOps extends BackgroundTaskEx<object> {
  static override readonly actions = [NoOp];
}

describe("The time budget of a tick", () => {
  const directory = temporaryDirectory();
  let store: JsonTaskStore;

  beforeEach(async () => {
    store = await JsonTaskStore.open(directory(), { durability: "process" });
  });
  afterEach(() => store.close());

  function service(options: { now?: () => number; store?: TaskStore; maxExecutionTime?: number } = {}) {
    const { now = Date.now, maxExecutionTime = 60_000 } = options;
    return new BackgroundTaskExService({ store: options.store ?? store, classes: [NoOps, NoOp], maxExecutionTime, clock: { now } });
  }

  it("covers requests: those that it leaves are carried out by the next ticks, and none waits for ever", async () => {
    await Promise.all(Array.from({ length: 2_600 }, () => service().createTask(NoOps, {})));
    // Each look at the clock takes an hour. A tick carries some requests out when it begins, and some when it ends.
    let hours = 0;
    const hurried = service({ now: () => Date.UTC(2026, 10, 24) + ++hours * 3_600_000 });
    const left: number[] = [];
    for (let tick = 0; tick < 3; tick++) {
      const { outcome } = await hurried.processTasks();
      const { requests, tasks } = await store.read();
      assert.equal(requests.length + tasks.length, 2_600);
      assert.equal(outcome, "time-budget-spent");
      left.push(requests.length);
    }
    assert.deepEqual(left, [1_600, 600, 0]);
    assert.deepEqual(await readdir(join(directory(), "inbox")), []);
  });

  it("carries out all of them while there is time, and executes their tasks", async () => {
    await Promise.all(Array.from({ length: 1_800 }, () => service().createTask(NoOps, {})));
    const { outcome, tasks } = await service().processTasks();
    assert.deepEqual([outcome, tasks.length], ["done", 1_800]);
  });

  it("includes a long opening of the store, but leaves a tenth in any case", async () => {
    const ends: number[] = [];
    for (const openingMs of [900, 4_000, 20_000]) {
      let now = 1_000_000;
      const slow = Object.create(store, {
        acquire: {
          value: async () => {
            const writer = await store.acquire();
            now += openingMs;
            return writer;
          },
        },
      }) as TaskStore;
      const clock = { now: () => now };
      const observer = { tickStarted: ({ endTime }: { endTime: number }) => void ends.push(endTime - now) };
      await BackgroundTaskExService.forWorker({ store: slow, classes: [], maxExecutionTime: 10_000, clock, observer }).processTasks();
    }
    assert.deepEqual(ends, [10_000, 6_000, 1_000]);
  });
});
