import assert from "node:assert/strict";
import { BackgroundTaskEx, BackgroundTaskExAction } from "../../server/authoring/index.ts";
import { currentTasks, findStored, findStoredOrEnded, InputError, submitEdit, submitRequest } from "../../server/service/index.ts";
import { Bench } from "./recorded-task.ts";

class Compress extends BackgroundTaskExAction<{ chunkSize: number }> {
  async executeAction() {
    this.params.chunkSize /= 2;
    return false;
  }
}
class Nightly extends BackgroundTaskEx<{ chunkSize: number }> {
  static override readonly actions = [Compress];
}

describe("What people ask of a stored task", () => {
  let bench: Bench;
  const create = (name: string) => bench.create("Nightly", { chunkSize: 64 }, { name });
  const chunkSizes = async () => currentTasks(await bench.store.read()).tasks.flatMap(({ actions }) => actions.map(({ params }) => params));

  beforeEach(() => {
    bench = new Bench([Nightly]);
  });

  it("is about a task that is named by its id, or by a name that only one has", async () => {
    const first = await create("first");
    const second = await create("second");
    assert.equal((await findStored(bench.store, first)).id, first);
    assert.equal((await submitRequest(bench.store, "pause", "second")).id, second);
    await create("second");
    await assert.rejects(findStored(bench.store, "second"), /2 tasks are named "second"\. Specify one by its id/);
    await assert.rejects(findStored(bench.store, "secnd"), /There is no task "secnd".* Did you mean/);
  });

  it("is refused for a task that has ended, saying how and when in the reader's time", async () => {
    const id = await create("nightly");
    await submitRequest(bench.store, "cancel", id);
    for (const named of [id, "nightly"]) {
      await assert.rejects(submitRequest(bench.store, "retry", named), (error) => {
        assert.ok(error instanceof InputError);
        assert.match(
          error.message,
          /^Task nightly \([\w-]+\) has ended: cancelled at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\. Run `background-tasks show [\w-]+` to see it\.$/,
        );
        return true;
      });
    }
    const known = await findStoredOrEnded(bench.store, id);
    assert.ok("endedAt" in known && known.id === id);
  });

  it("is refused, and nothing is left in the store, when it makes no sense", async () => {
    const id = await create("nightly");
    const before = (await bench.store.read()).requests.length;
    await assert.rejects(submitRequest(bench.store, "retry", id), /is created: only a task that failed/);
    await assert.rejects(submitRequest(bench.store, "resume", id), /nothing to resume/);
    await assert.rejects(submitEdit(bench.store, id, { params: [1] }), /must be a JSON object/);
    assert.equal((await bench.store.read()).requests.length, before);
  });

  it("edits the current action where none is named", async () => {
    const id = await create("nightly");
    const { action } = await submitEdit(bench.store, "nightly", { params: { chunkSize: 1 } });
    assert.deepEqual([action.id, action.params], ["a1", { chunkSize: 64 }]);
    assert.deepEqual(await chunkSizes(), [{ chunkSize: 1 }]);
    await assert.rejects(submitEdit(bench.store, id, { action: "a7", params: {} }), /has no action "a7"/);
  });

  it("never overwrites progress that is saved before the edit takes effect, whoever asks", async () => {
    await create("nightly");
    await bench.tick();
    // What the edit is checked against is older than what it meets in the store.
    const seen = await bench.store.read();
    const late = { read: async () => seen, history: () => bench.store.history(), submit: bench.store.submit.bind(bench.store) };
    await bench.tick();
    await submitEdit(late, "nightly", { params: { chunkSize: 1 } });
    assert.deepEqual(await chunkSizes(), [{ chunkSize: 16 }]);
  });

  it("is no edit of an action that is being executed by whoever ticks", async () => {
    await create("nightly");
    await bench.tick();
    const stored = await bench.store.read();
    const executing = { ...stored, tasks: stored.tasks.map((task) => ({ ...task, status: "running" as const, fence: 7 })) };
    const store = {
      read: async () => executing,
      history: async () => [],
      submit: () => assert.fail("It was submitted."),
      mutexHolder: async () => ({ fence: 7 }),
    };
    await assert.rejects(submitEdit(store, "nightly", { params: { chunkSize: 1 } }), /is being executed: pause the task first/);
  });
});
