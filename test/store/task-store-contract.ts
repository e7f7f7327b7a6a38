import assert from "node:assert/strict";
import { StoreError, type StoreSnapshot, type StoreWriter, type TaskRecord, type TaskStore } from "../../server/store/index.ts";
import { creation, ending, sampleAction, sampleTask, statusChange } from "./sample-records.ts";

/** A store under test: every handle is on the same stored state, as if each belonged to a process of its own. */
export interface StoreUnderTest {
  open(): Promise<TaskStore>;
  remove(): Promise<void>;
}

/** What every `TaskStore` promises. Call it inside a `describe`. */
export function describeTaskStoreContract(create: () => Promise<StoreUnderTest>): void {
  let underTest: StoreUnderTest;
  let store: TaskStore;
  let other: TaskStore;
  const opened: TaskStore[] = [];

  async function open(): Promise<TaskStore> {
    const handle = await underTest.open();
    if (!opened.includes(handle)) opened.push(handle);
    return handle;
  }

  async function acquire(from: TaskStore = store): Promise<StoreWriter> {
    const writer = await from.acquire();
    assert(writer, "the mutex is free");
    return writer;
  }

  beforeEach(async () => {
    underTest = await create();
    store = await open();
    other = await open();
  });

  afterEach(async () => {
    for (const handle of opened.splice(0)) await handle.close();
    await underTest.remove();
  });

  describe("the mutex", () => {
    it("has one holder at a time", async () => {
      const writer = await acquire();
      assert.equal(await store.acquire(), null);
      assert.equal(await other.acquire(), null);
      await writer.release();
      assert(await other.acquire());
    });

    it("has one holder when many ask at once", async () => {
      const writers = await Promise.all(Array.from({ length: 20 }, (_, index) => (index % 2 ? store : other).acquire()));
      assert.equal(writers.filter((writer) => writer !== null).length, 1);
    });

    it("gives each holder a greater fencing number", async () => {
      const fences: number[] = [];
      for (const from of [store, store, other, store]) {
        const writer = await acquire(from);
        fences.push(writer.fence);
        await writer.release();
      }
      assert.deepEqual(
        fences,
        [...new Set(fences)].sort((a, b) => a - b),
      );
    });

    it("may be given back twice, and the writer writes no more", async () => {
      const writer = await acquire();
      await writer.release();
      await writer.release();
      assert.throws(() => writer.append(creation(sampleTask())), isClosed);
      await assert.rejects(writer.flush(), isClosed);
    });

    it("is given back when the store is closed", async () => {
      const closing = await open();
      const writer = await acquire(closing);
      writer.append(creation(sampleTask({ id: "kept" })));
      await writer.release();
      if (closing === other) return;
      await acquire(closing);
    });
  });

  describe("transactions", () => {
    it("are seen by the writer at once and by everybody after a flush", async () => {
      const writer = await acquire();
      const task = sampleTask();
      writer.append(creation(task));
      assert.deepEqual(writer.task(task.id), task);
      assert.deepEqual([...writer.tasks()], [task]);
      await writer.flush();
      assert.deepEqual((await other.read()).tasks, [task]);
      assert.deepEqual((await store.read()).tasks, [task]);
    });

    it("are flushed by the release", async () => {
      const writer = await acquire();
      writer.append(creation(sampleTask({ id: "a" })));
      await writer.release();
      assert.deepEqual(ids((await other.read()).tasks), ["a"]);
    });

    it("may be handed over without waiting for the disk", async () => {
      const writer = await acquire();
      writer.append(creation(sampleTask({ id: "a" })));
      await writer.flush({ durable: false });
      assert.deepEqual(ids((await other.read()).tasks), ["a"]);
    });

    it("are continued by the next holder", async () => {
      const first = await acquire();
      first.append(creation(sampleTask({ id: "a" }), sampleTask({ id: "b" })));
      await first.release();
      const second = await acquire(other);
      second.append(statusChange("a", "running"));
      second.append(ending("b"));
      await second.release();
      const third = await acquire();
      assert.equal(third.task("a")?.status, "running");
      assert.equal(third.task("b"), undefined);
    });

    it("change fields of tasks and actions, add actions, and take fields away", async () => {
      const writer = await acquire();
      writer.append(creation(sampleTask({ id: "a", held: true, nextAttemptAt: "2026-11-24T05:00:00.000Z" })));
      writer.append({
        changes: [
          {
            kind: "change",
            id: "a",
            set: { status: "running", currentAction: "first", message: "half done" },
            unset: ["held", "nextAttemptAt"],
            actions: [{ id: "first", set: { attempt: 1, progress: { done: 1, total: 2 } }, beginAttempt: "2026-11-24T04:00:00.000Z" }],
            addActions: [sampleAction({ id: "second", rank: 2 })],
          },
        ],
      });
      writer.append({
        changes: [{ kind: "change", id: "a", actions: [{ id: "first", unset: ["progress"], attemptDurationMs: 12 }] }],
      });
      await writer.release();
      const [task] = (await other.read()).tasks;
      assert.equal(task?.message, "half done");
      assert(task && !("held" in task) && !("nextAttemptAt" in task));
      assert.deepEqual(ids(task.actions), ["first", "second"]);
      assert(task.actions[0] && !("progress" in task.actions[0]));
      assert.deepEqual(task.actions[0].attempts, [{ startedAt: "2026-11-24T04:00:00.000Z", durationMs: 12, params: { chunkSize: 64 } }]);
    });

    it("keep what people have edited, in the task and in its history", async () => {
      const edits = [{ at: "2026-11-24T04:00:00.000Z", before: { chunkSize: 64 }, after: { chunkSize: 8 } }];
      const writer = await acquire();
      writer.append(creation(sampleTask({ id: "a" })));
      writer.append({
        changes: [{ kind: "change", id: "a", actions: [{ id: "first", set: { params: { chunkSize: 8 }, edits, repaired: true } }] }],
      });
      await writer.release();
      const stored = (await other.read()).tasks[0]?.actions[0];
      assert.deepEqual([stored?.params, stored?.edits, stored?.repaired], [{ chunkSize: 8 }, edits, true]);
      const next = await acquire(other);
      next.append({ changes: [{ kind: "change", id: "a", actions: [{ id: "first", unset: ["repaired"] }] }] });
      next.append(ending("a"));
      await next.release();
      const [entry] = await store.history();
      assert.deepEqual(entry?.actions[0]?.edits, edits);
    });

    it("leave the records alone that were read before", async () => {
      const writer = await acquire();
      writer.append(creation(sampleTask({ id: "a" })));
      await writer.flush();
      const before = writer.task("a");
      const snapshot = await other.read();
      writer.append(statusChange("a", "running"));
      writer.append(creation(sampleTask({ id: "b" })));
      await writer.flush();
      assert.equal(before?.status, "created");
      assert.deepEqual(ids(snapshot.tasks), ["a"]);
      assert.equal(snapshot.tasks[0]?.status, "created");
    });

    it("are applied as a whole or not at all", async () => {
      const writer = await acquire();
      writer.append(creation(sampleTask({ id: "a" })));
      const misfits = [
        [statusChange("a", "running"), statusChange("unknown", "running")],
        [statusChange("a", "running"), creation(sampleTask({ id: "a" }))],
        [ending("a"), statusChange("a", "paused")],
      ];
      for (const parts of misfits) {
        assert.throws(() => writer.append({ changes: parts.flatMap((part) => part.changes) }), RangeError);
      }
      assert.throws(() => writer.append({ changes: [{ kind: "change", id: "a", actions: [{ id: "unknown" }] }] }), RangeError);
      await writer.release();
      const { tasks } = await other.read();
      assert.deepEqual(
        tasks.map(({ id, status }) => [id, status]),
        [["a", "created"]],
      );
    });

    it("keep any text and any JSON as they are", async () => {
      const params = { text: 'ä\n"\u2028\u0000\ud83d\ude00\ud800', deep: [[{ "": null }]], number: -1.5e-9, __proto__x: true };
      const task = sampleTask({ name: "Zeile 1\nZeile 2", params });
      const writer = await acquire();
      writer.append(creation(task));
      await writer.release();
      assert.deepEqual((await other.read()).tasks, [task]);
    });

    it("are all stored when many flushes wait at the same time", async () => {
      const writer = await acquire();
      await Promise.all(
        Array.from({ length: 200 }, async (_, index) => {
          writer.append(creation(sampleTask({ id: `t${index}` })));
          await writer.flush();
          writer.append(statusChange(`t${index}`, "paused"));
          await writer.flush();
        }),
      );
      const { tasks } = await other.read();
      assert.equal(tasks.filter((task) => task.status === "paused").length, 200);
    });
  });

  describe("lists", () => {
    it("by type and status are oldest first, whatever the tasks went through", async () => {
      const writer = await acquire();
      for (const id of ["a", "b", "c", "d"]) writer.append(creation(sampleTask({ id, type: id === "c" ? "interactive" : "cron" })));
      writer.append(statusChange("a", "running"));
      writer.append(statusChange("b", "paused"));
      writer.append(statusChange("a", "created"));
      assert.deepEqual(ids(writer.tasksWith("cron", "created")), ["a", "d"]);
      assert.deepEqual(ids(writer.tasksWith("interactive", "created")), ["c"]);
      assert.deepEqual(ids(writer.tasksWith("cron", "paused")), ["b"]);
      assert.deepEqual(ids(writer.tasksWith("cron", "failed")), []);
      await writer.release();
      assert.deepEqual(ids((await acquire(other)).tasksWith("cron", "created")), ["a", "d"]);
    });
  });

  describe("schedules", () => {
    it("are remembered by name", async () => {
      const writer = await acquire();
      const schedule = { name: "Nightly", nextOccurrence: "2026-11-25T01:30:00.000Z" };
      writer.append({ changes: [{ kind: "schedule", schedule: { name: "Nightly", nextOccurrence: null } }] });
      writer.append({ changes: [{ kind: "schedule", schedule }] });
      assert.deepEqual(writer.schedule("Nightly"), schedule);
      assert.equal(writer.schedule("Weekly"), undefined);
      await writer.release();
      assert.deepEqual((await other.read()).schedules, [schedule]);
    });
  });

  describe("the history", () => {
    it("has ended tasks, newest first", async () => {
      const writer = await acquire();
      for (const id of ["a", "b", "c"]) writer.append(creation(sampleTask({ id })));
      await writer.flush();
      for (const id of ["b", "a", "c"]) {
        writer.append(ending(id));
        await writer.flush();
      }
      assert.deepEqual(ids(await other.history()), ["c", "a", "b"]);
      assert.deepEqual(ids(await store.history({ limit: 2 })), ["c", "a"]);
      await writer.release();
      assert.deepEqual(ids(await store.history()), ["c", "a", "b"]);
      assert.deepEqual(ids(await other.history({ limit: 1 })), ["c"]);
      assert.deepEqual((await other.read()).tasks, []);
    });

    it("keeps what is known of a task", async () => {
      const task = sampleTask({ id: "a", actions: [sampleAction({ id: "y", rank: 2 }), sampleAction({ id: "x", outcome: "finished" })] });
      const writer = await acquire();
      writer.append(creation(task));
      writer.append(ending("a"));
      await writer.release();
      const [entry] = await other.history();
      assert.equal(entry?.outcome, "finished");
      assert.equal(entry?.endedAt, "2026-11-24T04:00:00.000Z");
      assert.deepEqual(entry?.params, task.params);
      assert.deepEqual(
        entry?.actions.map(({ id, outcome }) => [id, outcome]),
        [
          ["x", "finished"],
          ["y", "not-started"],
        ],
      );
    });
  });

  describe("requests", () => {
    it("wait for the holder of the mutex, oldest first", async () => {
      const first = await other.submit({ kind: "pause", task: "a" });
      const second = await store.submit({ kind: "cancel", task: "a" });
      assert.deepEqual(ids((await store.read()).requests), [first, second]);
      const writer = await acquire();
      assert.equal(writer.hasRequests, true);
      const taken = await writer.takeRequests();
      assert.deepEqual(
        taken.map(({ id, body }) => ({ id, body })),
        [
          { id: first, body: { kind: "pause", task: "a" } },
          { id: second, body: { kind: "cancel", task: "a" } },
        ],
      );
    });

    it("may be about params and about names of classes", async () => {
      const bodies = [
        { kind: "params", task: "a", action: "first", params: { chunkSize: 8 }, before: { chunkSize: 64 } },
        { kind: "class", of: "action", from: "Compress", to: "CompressLogs" },
      ] as const;
      for (const body of bodies) await other.submit(body);
      const writer = await acquire();
      assert.deepEqual(
        (await writer.takeRequests()).map(({ body }) => body),
        bodies,
      );
    });

    it("reach a holder that is at work", async () => {
      const writer = await acquire();
      await writer.takeRequests();
      assert.equal(writer.hasRequests, false);
      const request = await heard(writer, () => other.submit({ kind: "retry", task: "a" }));
      assert.equal(writer.hasRequests, true);
      assert.deepEqual(ids(await writer.takeRequests()), [request]);
    });

    it("leave with the transaction that fulfils them, and stay without one", async () => {
      const [fulfilled, open] = [await other.submit({ kind: "pause", task: "a" }), await other.submit({ kind: "resume", task: "a" })];
      const writer = await acquire();
      await writer.takeRequests();
      writer.append({ ...creation(sampleTask({ id: "a" })), request: fulfilled });
      assert.deepEqual(ids(await writer.takeRequests()), [open]);
      await writer.release();
      assert.deepEqual(ids((await other.read()).requests), [open]);
      const next = await acquire(other);
      assert.deepEqual(ids(await next.takeRequests()), [open]);
      next.append({ changes: [], request: open });
      assert.equal(next.hasRequests, false);
      await next.release();
      assert.deepEqual((await store.read()).requests, []);
    });

    it("left at the same moment are all kept, in order", async () => {
      const submitted = await Promise.all(
        Array.from({ length: 50 }, (_, index) => other.submit({ kind: "create", tasks: [sampleTask({ id: `r${index}` })] })),
      );
      const writer = await acquire();
      assert.deepEqual(ids(await writer.takeRequests()), submitted);
    });

    it("left at the same moment are fulfilled one by one", async () => {
      const submitted = await Promise.all(Array.from({ length: 5 }, () => other.submit({ kind: "cancel", task: "a" })));
      for (const [index, request] of submitted.entries()) {
        const writer = await acquire();
        assert.deepEqual(ids(await writer.takeRequests()), submitted.slice(index));
        writer.append({ changes: [], request });
        await writer.release();
      }
      assert.deepEqual((await other.read()).requests, []);
    });
  });

  describe("watching", () => {
    it("tells of flushed transactions and of requests, until it is ended", async () => {
      const seen = seenByWatching(other);
      const writer = await acquire();
      writer.append(creation(sampleTask({ id: "a" })));
      await writer.flush();
      await seen.until((snapshot) => ids(snapshot.tasks).includes("a"));
      const request = await store.submit({ kind: "pause", task: "a" });
      await seen.until((snapshot) => ids(snapshot.requests).includes(request));
      seen.stop();
      seen.stop();
      await writer.release();
      assert.equal(seen.callsAfterStop, 0);
    });
  });

  it("refuses everything once it is closed", async () => {
    await store.close();
    await store.close();
    await assert.rejects(store.read(), isClosed);
    await assert.rejects(store.acquire(), isClosed);
    await assert.rejects(store.submit({ kind: "pause", task: "a" }), isClosed);
    await assert.rejects(store.history(), isClosed);
  });
}

/** Reads when told of a change, and only then. */
function seenByWatching(store: TaskStore) {
  let latest: StoreSnapshot | undefined;
  let stopped = false;
  let check = () => {};
  const seen = { callsAfterStop: 0, stop, until };
  const end = store.watch(async () => {
    if (stopped) seen.callsAfterStop++;
    latest = await store.read().catch(() => latest);
    check();
  });
  function stop() {
    stopped = true;
    end();
  }
  function until(condition: (snapshot: StoreSnapshot) => boolean): Promise<void> {
    return new Promise((resolve) => {
      check = () => {
        if (latest && condition(latest)) resolve();
      };
      check();
    });
  }
  return seen;
}

/** Resolves with the result of `work` once the writer has been told of a request. */
async function heard<Result>(writer: StoreWriter, work: () => Promise<Result>): Promise<Result> {
  let stop = () => {};
  const told = new Promise<void>((resolve) => {
    stop = writer.onRequest(resolve);
  });
  const result = await work();
  await told;
  stop();
  return result;
}

function ids(items: readonly Pick<TaskRecord, "id">[]): string[] {
  return items.map((item) => item.id);
}

function isClosed(error: unknown): boolean {
  return error instanceof StoreError && error.code === "closed";
}
