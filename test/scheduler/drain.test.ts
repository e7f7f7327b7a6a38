import assert from "node:assert/strict";
import { BackgroundTaskEx, BackgroundTaskExAction } from "../../server/authoring/index.ts";
import { BackgroundTaskExService, type TickReport } from "../../server/service/index.ts";
import { MemoryTaskStore } from "../../server/store/index.ts";
import { drain } from "../../server/supervisor/scheduling/drain.ts";

class CountDown extends BackgroundTaskExAction<{ chunks: number }> {
  async executeAction() {
    this.params.chunks--;
    return this.params.chunks <= 0;
  }
}
class Counting extends BackgroundTaskEx<{ chunks: number }> {
  static override readonly actions = [CountDown];
}

class FailOnce extends BackgroundTaskExAction<{ delay: number; failed: boolean }> {
  static override readonly retryDelay = () => 400;
  override async changeActionParamsOnError() {
    this.params.failed = true;
    return true;
  }
  async executeAction() {
    if (!this.params.failed) throw new Error("the first attempt");
    return true;
  }
}
class Retrying extends BackgroundTaskEx<{ delay: number; failed: boolean }> {
  static override readonly actions = [FailOnce];
}

let isReady: () => boolean = () => true;
class Wait extends BackgroundTaskExAction {
  executeAction() {
    return isReady();
  }
}
class Waiting extends BackgroundTaskEx {
  static override readonly actions = [Wait];
}

class Windowed extends BackgroundTaskEx {
  static override readonly actions = [CountDown as never];
  static override readonly schedule = { getNextOccurrence: () => null, getWindowEnd: () => null };
}

const classes = [Waiting, Wait, Counting, CountDown, Retrying, FailOnce, Windowed];

/** The reports of all ticks. */
async function drained(store: MemoryTaskStore, options: Partial<Parameters<typeof drain>[0]> = {}): Promise<TickReport[]> {
  const service = new BackgroundTaskExService({ store, classes });
  const signal = new AbortController().signal;
  const reports: TickReport[] = [];
  for await (const report of drain({ store, tick: () => service.processTasks(), signal, concerns: () => true, ...options }))
    reports.push(report);
  return reports;
}

describe("drain", () => {
  let store: MemoryTaskStore;
  let service: BackgroundTaskExService;
  beforeEach(() => {
    store = new MemoryTaskStore();
    service = new BackgroundTaskExService({ store, classes });
  });
  afterEach(() => store.close());

  it("ticks until every task has ended", async () => {
    await service.createTask(Counting, { chunks: 3 });
    await service.createTask(Counting, { chunks: 2 });
    const reports = await drained(store);
    assert.equal(reports.length, 3);
    assert.deepEqual((await store.read()).tasks, []);
    assert.equal((await store.history()).length, 2);
  });

  it("is one tick where there is nothing to do", async () => {
    assert.deepEqual(
      (await drained(store)).map(({ outcome }) => outcome),
      ["done"],
    );
  });

  it("waits for the next attempt, and not longer", async () => {
    const { id } = await service.createTask(Retrying, { delay: 0, failed: false });
    const waits: number[] = [];
    const begun = Date.now();
    const reports = await drained(store, { onWait: (until) => waits.push(until) });
    assert.deepEqual(
      reports.map(({ tasks }) => tasks[0]?.actions[0]?.outcome),
      ["will-retry", "finished"],
    );
    assert.equal(waits.length, 1);
    assert.ok(Date.now() - begun >= 400, "the delay was observed");
    assert.equal((await store.history())[0]?.id, id);
  });

  it("waits longer and longer before it calls an idle action again", async () => {
    await service.createTask(Waiting, {});
    let calls = 0;
    isReady = () => ++calls === 4;
    const waits: [number, string][] = [];
    const reports = await drained(store, { onWait: (until, reason) => waits.push([until - Date.now(), reason]) });
    assert.equal(reports.length, 4);
    assert.deepEqual(
      waits.map(([wait, reason]) => [Math.round(Math.log2(wait / 250)), reason]),
      [
        [0, "idle"],
        [1, "idle"],
        [2, "idle"],
      ],
    );
  });

  it("executes a new task at once while it waits for an idle action", async () => {
    await service.createTask(Waiting, {});
    let created: Promise<unknown> | undefined;
    isReady = () => created !== undefined;
    const reports = await drained(store, {
      onWait: () => {
        created ??= service.createTask(Counting, { chunks: 1 });
      },
    });
    assert.deepEqual(
      reports.flatMap(({ tasks }) => tasks.map((task) => `${task.class} ${task.status}`)),
      ["Waiting paused", "Waiting finished", "Counting finished"],
    );
  });

  it("takes up a task that is created while it waits", async () => {
    await service.createTask(Retrying, { delay: 0, failed: false });
    const reports = await drained(store, { onWait: () => void service.createTask(Counting, { chunks: 1 }) });
    const order = reports.flatMap(({ tasks }) => tasks.map(({ class: name, status }) => `${name} ${status}`));
    assert.deepEqual(order, ["Retrying running", "Counting finished", "Retrying finished"]);
  });

  it("leaves alone what is held", async () => {
    const { id } = await service.createTask(Counting, { chunks: 1 });
    await store.submit({ kind: "pause", task: id });
    const reports = await drained(store);
    assert.equal(reports.length, 1);
    assert.equal((await store.read()).tasks[0]?.held, true);
  });

  it("leaves alone what has no class any more", async () => {
    await service.createTask(Counting, { chunks: 1 });
    const without = new BackgroundTaskExService({ store, classes: [] });
    const reports = await drained(store, { tick: () => without.processTasks() });
    assert.equal(reports.length, 1);
    assert.match((await store.read()).tasks[0]?.problem ?? "", /Counting/);
  });

  it("leaves alone what its schedule has made once the window is closed", async () => {
    const created = await service.createTask(Windowed, {});
    const writer = await store.acquire();
    assert.ok(writer);
    for (const { id, body } of await writer.takeRequests()) {
      if (body.kind !== "create") continue;
      writer.append({ changes: body.tasks.map((task) => ({ kind: "create", task: { ...task, scheduled: true } })), request: id });
    }
    await writer.release();
    const reports = await drained(store);
    assert.equal(reports.length, 1);
    assert.equal((await store.read()).tasks[0]?.id, created.id);
  });

  it("ends at once when the mutex is taken", async () => {
    await service.createTask(Counting, { chunks: 1 });
    const owner = await store.acquire();
    const reports = await drained(store);
    assert.deepEqual(
      reports.map(({ outcome }) => outcome),
      ["locked"],
    );
    await owner?.release();
  });

  it("ends its wait when it is told to stop", async () => {
    await service.createTask(Retrying, { delay: 0, failed: false });
    const stop = new AbortController();
    const reports = await drained(store, { signal: stop.signal, onWait: () => stop.abort() });
    assert.equal(reports.length, 1);
    assert.equal((await store.read()).tasks.length, 1);
  });

  it("looks only at the tasks that it is about", async () => {
    await service.createTask(Counting, { chunks: 1 });
    await service.createTask(Retrying, { delay: 0, failed: false });
    const reports = await drained(store, {
      tick: () => service.processTasks({ class: "Counting" }),
      concerns: (task) => task.class === "Counting",
    });
    assert.equal(reports.length, 1);
    assert.deepEqual(
      (await store.read()).tasks.map((task) => task.class),
      ["Retrying"],
    );
  });

  it("refuses to go on for ever with a budget that is over before the first task", async () => {
    await service.createTask(Counting, { chunks: 1 });
    const late = new BackgroundTaskExService({ store, classes });
    late.setProcessEndTime(Date.now() - 1);
    await assert.rejects(drained(store, { tick: () => late.processTasks() }), { name: "InputError", message: /--max-execution-time/ });
    assert.equal((await store.read()).tasks.length, 1);
  });
});
