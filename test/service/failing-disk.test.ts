import assert from "node:assert/strict";
import * as fs from "node:fs";
import { BackgroundTaskEx, BackgroundTaskExAction } from "../../server/authoring/index.ts";
import { BackgroundTaskExService } from "../../server/service/index.ts";
import { JsonTaskStore } from "../../server/store/json-task-store.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

type Method = "initActionParams" | "executeAction" | "changeActionParamsOnError";

describe("A disk that fails while an action is being executed", () => {
  const directory = temporaryDirectory();
  let calls: Method[];
  /** The disk refuses the first write after this method was called. */
  let failsIn: Method | undefined;
  let refusal: Error | undefined;

  const nodeFs = {
    ...fs,
    writeSync: (...args: Parameters<typeof fs.writeSync>) => {
      const error = refusal;
      refusal = undefined;
      if (error) throw error;
      return fs.writeSync(...args);
    },
  } as typeof fs;

  function called(method: Method): void {
    calls.push(method);
    if (method !== failsIn) return;
    failsIn = undefined;
    refusal = Object.assign(new Error("EIO: i/o error, write"), { code: "EIO", errno: -5 });
  }

  class Work extends BackgroundTaskExAction<{ recovered: boolean }> {
    static override readonly maxAttempts = 2;
    override initActionParams() {
      called("initActionParams");
      return true;
    }
    async executeAction() {
      called("executeAction");
      await this.checkpoint();
      if (!this.params.recovered) throw new Error("not yet");
      return true;
    }
    override changeActionParamsOnError() {
      called("changeActionParamsOnError");
      this.params.recovered = true;
      return true;
    }
  }
  class Job extends BackgroundTaskEx<{ recovered: boolean }> {
    static override readonly actions = [Work];
  }

  for (const method of ["initActionParams", "executeAction", "changeActionParamsOnError"] as const) {
    it(`costs the tick, no attempt: ${method} is called again`, async () => {
      calls = [];
      failsIn = method;
      const store = await JsonTaskStore.open(directory(), { nodeFs });
      const service = new BackgroundTaskExService({ store, classes: [Job] });
      await service.createTask(Job, { recovered: false });
      let failures = 0;
      for (let ticks = 0; ticks < 4; ticks++) {
        await service.processTasks().catch((error) => {
          assert.match(error.message, /the disk reports an error/);
          failures++;
        });
      }
      const [entry] = await store.history();
      await store.close();
      assert.equal(failures, 1);
      assert.equal(entry?.outcome, "finished", JSON.stringify(entry?.actions));
      const undisturbed: Method[] = ["initActionParams", "executeAction", "changeActionParamsOnError", "executeAction"];
      undisturbed.splice(undisturbed.indexOf(method), 0, method);
      assert.deepEqual(calls, undisturbed);
    });
  }
});
