import assert from "node:assert/strict";
import { BackgroundTaskEx, BackgroundTaskExAction, type Deadline } from "../../server/authoring/index.ts";
import { BackgroundTaskExService, InputError } from "../../server/service/index.ts";
import { MemoryTaskStore, type TaskStore } from "../../server/store/index.ts";
import { JsonTaskStore } from "../../server/store/json-task-store.ts";
import { makeTemporaryDirectory, removeDirectory } from "../support/temporary-directory.ts";

let execute: (action: Work, deadline: Deadline) => boolean | Promise<boolean>;

class Work extends BackgroundTaskExAction {
  static override readonly maxAttempts = 1;
  executeAction(deadline: Deadline) {
    return execute(this, deadline);
  }
}
class Job extends BackgroundTaskEx {
  static override readonly actions = [Work];
  static override readonly onActionFailed = "stop";
}

for (const [kind, open] of [
  ["in files", (directory: string): Promise<TaskStore> => JsonTaskStore.open(directory, { durability: "process" })],
  ["in memory", async (): Promise<TaskStore> => new MemoryTaskStore()],
] as const) {
  describe(`A program with a store ${kind}`, () => {
    let directory: string;
    let store: TaskStore;
    let service: BackgroundTaskExService;
    const statusOf = async (id: string) => {
      const task = await service.task(id);
      return "status" in task ? task.status : "outcome" in task ? task.outcome : "damaged";
    };

    beforeEach(async () => {
      execute = () => true;
      directory = makeTemporaryDirectory();
      store = await open(directory);
      service = new BackgroundTaskExService({ store, classes: [Job, Work] });
    });
    afterEach(async () => {
      await store.close();
      removeDirectory(directory);
    });

    it("sees a task that it has just created, which is still a request, and one that has ended", async () => {
      const { id } = await service.createTask(Job, {}, { name: "new" });
      assert.equal((await store.read()).tasks.length, 0);
      assert.equal(await statusOf(id), "created");
      assert.equal((await service.task("new")).id, id);
      await service.processTasks();
      assert.equal(await statusOf(id), "finished");
    });

    it("pauses and resumes a task", async () => {
      const { id } = await service.createTask(Job, {});
      await service.pause(id);
      assert.equal("held" in (await service.task(id)), true);
      await service.processTasks();
      assert.equal(await statusOf(id), "created");
      await assert.rejects(service.pause(id), /is already paused/);
      await service.resume(id);
      await service.processTasks();
      assert.equal(await statusOf(id), "finished");
    });

    it("retries a failed task, and none that has not failed", async () => {
      execute = () => {
        throw new Error("no disk");
      };
      const { id } = await service.createTask(Job, {});
      await assert.rejects(service.retry(id), /is created: only a task that failed/);
      await service.processTasks();
      assert.equal(await statusOf(id), "failed");
      execute = () => true;
      await service.retry(id);
      await service.processTasks();
      assert.equal(await statusOf(id), "finished");
    });

    it("cancels a task that waits", async () => {
      const { id } = await service.createTask(Job, {});
      await service.cancel(id);
      assert.equal(await statusOf(id), "cancelled");
      await service.processTasks();
      assert.equal((await store.history())[0]?.outcome, "cancelled");
    });

    it("cancels the task that its own tick is executing", async () => {
      const { id } = await service.createTask(Job, {});
      execute = async (action) => {
        const aborted = new Promise((resolve) => action.signal.addEventListener("abort", resolve));
        await service.cancel(id);
        await aborted;
        return false;
      };
      await service.processTasks();
      assert.equal(await statusOf(id), "cancelled");
    });

    it("is refused what is no task, and what has ended, for every request", async () => {
      const { id } = await service.createTask(Job, {});
      await service.processTasks();
      for (const ask of ["cancel", "retry", "pause", "resume"] as const) {
        await assert.rejects(service[ask]("nothing"), (error) => error instanceof InputError && /no task "nothing"/.test(error.message));
        await assert.rejects(service[ask](id), (error) => error instanceof InputError && /has ended: finished/.test(error.message));
      }
      await assert.rejects(service.task("nothing"), InputError);
      assert.equal((await store.read()).requests.length, 0);
    });
  });
}
