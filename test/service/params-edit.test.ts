import assert from "node:assert/strict";
import { BackgroundTaskEx, BackgroundTaskExAction } from "../../server/authoring/index.ts";
import { currentTasks, refusalOfEdit } from "../../server/service/index.ts";
import { findAction } from "../../server/service/requests/find-action.ts";
import type { ActionRecord } from "../../server/store/index.ts";
import { Bench, outcomes } from "./recorded-task.ts";

type Behaviour = "pause" | "throw" | "finish";
let seen: number[] = [];
let recovered = 0;
let behave: (chunkSize: number) => Behaviour | Promise<Behaviour> = () => "pause";

class Compress extends BackgroundTaskExAction<{ chunkSize: number }> {
  static override readonly maxAttempts = 3;
  override changeActionParamsOnError() {
    recovered++;
    this.params.chunkSize /= 2;
    return this.params.chunkSize >= 1;
  }
  async executeAction() {
    seen.push(this.params.chunkSize);
    const behaviour = await behave(this.params.chunkSize);
    if (behaviour === "throw") throw new RangeError("too big a chunk");
    return behaviour === "finish";
  }
}
class Purge extends Compress {}
class Nightly extends BackgroundTaskEx<{ chunkSize: number }> {
  static override readonly actions = [Compress, Purge];
  static override readonly onActionFailed = "stop";
}

describe("editing the params of an action", () => {
  let bench: Bench;
  let id: string;

  beforeEach(async () => {
    seen = [];
    recovered = 0;
    behave = () => "pause";
    bench = new Bench([Nightly, Compress, Purge]);
    id = await bench.create("Nightly", { chunkSize: 64 });
  });

  const edit = (params: { chunkSize: number }, options: { action?: string; before?: { chunkSize: number } } = {}) =>
    bench.store.submit({ kind: "params", task: id, action: "a1", params, ...options });

  async function first(): Promise<ActionRecord> {
    const [action] = (await bench.task()).actions;
    assert.ok(action);
    return action;
  }

  it("of a paused one: it goes on with them", async () => {
    await bench.tick();
    await edit({ chunkSize: 8 });
    await bench.tick();
    assert.deepEqual(seen, [64, 8]);
    assert.equal((await first()).attempt, 1);
  });

  it("is seen at once by people, and only then carried out", async () => {
    await bench.tick();
    await edit({ chunkSize: 8 });
    const [shown] = currentTasks(await bench.store.read()).tasks;
    assert.deepEqual(shown?.actions[0]?.params, { chunkSize: 8 });
    assert.deepEqual((await first()).params, { chunkSize: 64 });
  });

  it("of one that has not begun: it begins with them", async () => {
    await edit({ chunkSize: 7 }, { action: "a2" });
    behave = () => "finish";
    await bench.tick();
    assert.deepEqual(seen, [64, 7]);
  });

  it("of one whose attempt failed: the next one is made with them as they are, without a recovery", async () => {
    behave = (chunkSize) => (chunkSize > 1 ? "throw" : "pause");
    await bench.tick();
    await edit({ chunkSize: 1 });
    await bench.tick();
    assert.deepEqual(seen, [64, 1]);
    assert.equal(recovered, 0, "it would have halved them, and given up");
    assert.equal((await first()).attempt, 2);
  });

  it("takes the place of one recovery only", async () => {
    behave = () => "throw";
    await bench.tick();
    await edit({ chunkSize: 32 });
    await bench.tick();
    await bench.tick();
    assert.deepEqual(seen, [64, 32, 16]);
    assert.equal(recovered, 1);
  });

  it("of one that failed for good, for the retry", async () => {
    behave = () => "throw";
    for (let tick = 0; tick < 3; tick++) await bench.tick();
    assert.equal((await bench.task()).status, "failed");
    await edit({ chunkSize: 5 });
    await bench.store.submit({ kind: "retry", task: id });
    behave = () => "finish";
    await bench.tick();
    assert.equal(seen.at(-2), 5);
  });

  it("is recorded on the action and in its history: when, before and after", async () => {
    await bench.tick();
    await edit({ chunkSize: 8 });
    behave = () => "finish";
    bench.now += 60_000;
    await bench.tick();
    const at = new Date(bench.now).toISOString();
    const [entry] = await bench.store.history();
    assert.deepEqual(
      entry?.actions.map(({ edits }) => edits),
      [[{ at, before: { chunkSize: 64 }, after: { chunkSize: 8 } }], undefined],
    );
  });

  it("keeps the last ten of many edits", async () => {
    await bench.tick();
    for (let chunkSize = 100; chunkSize < 112; chunkSize++) await edit({ chunkSize });
    await bench.tick();
    const { edits = [] } = await first();
    assert.equal(edits.length, 10);
    assert.deepEqual(edits.at(-1)?.after, { chunkSize: 111 });
  });

  it("waits for the end of an action that is executed meanwhile, and says so when it has gone on with other params", async () => {
    const warnings: string[] = [];
    behave = async (): Promise<Behaviour> => {
      // What a person saw before the tick, and asks for while it is at work.
      await edit({ chunkSize: 1 }, { before: { chunkSize: 99 } });
      await edit({ chunkSize: 2 }, { before: { chunkSize: 64 } });
      return "pause";
    };
    await bench.tick({ observer: { warning: (message: string) => warnings.push(message) } });
    assert.deepEqual((await first()).params, { chunkSize: 2 });
    assert.equal((await first()).edits?.length, 1);
    assert.equal(warnings.length, 1);
    assert.match(
      warnings[0] ?? "",
      /arrived too late\. Action Compress .* has continued in the meantime: its params are now \{"chunkSize":64\}/,
    );
  });

  describe("is refused, with the reason,", () => {
    it("while the action is executed, unless its tick is gone", async () => {
      let fence = 0;
      behave = async (): Promise<Behaviour> => {
        const task = await bench.task();
        fence = task.fence ?? 0;
        const request = { action: "a1", params: { chunkSize: 1 } };
        assert.match(refusalOfEdit(task, request, fence) ?? "", /is being executed: pause the task first/);
        assert.equal(refusalOfEdit(task, request), undefined, "a process that died does not execute it");
        assert.equal(refusalOfEdit(task, { ...request, action: "a2" }, fence), undefined);
        return "pause";
      };
      await bench.tick();
      assert.ok(fence > 0);
      assert.equal(refusalOfEdit(await bench.task(), { action: "a1", params: { chunkSize: 1 } }, fence), undefined);
    });

    it("when the action has ended, or is not there", async () => {
      behave = () => (seen.length === 1 ? "finish" : "pause");
      await bench.tick();
      const task = await bench.task();
      assert.match(refusalOfEdit(task, { action: "a1", params: {} }) ?? "", /has ended \(finished\)/);
      assert.match(refusalOfEdit(task, { action: "a9", params: {} }) ?? "", /has no action a9/);
    });

    it("when the params are of another kind than those that the class knows", async () => {
      await bench.tick();
      const task = await bench.task();
      for (const params of [null, 7, "text", [1]]) {
        assert.match(refusalOfEdit(task, { action: "a1", params }) ?? "", /must be a JSON object, as they are now, not /);
      }
    });

    it("when an init or a recovery failed: the action is given up", async () => {
      await bench.tick();
      const task = { ...(await bench.task()), status: "recovering" as const };
      assert.match(refusalOfEdit(task, { action: "a1", params: { chunkSize: 1 } }) ?? "", /will be given up by the next tick/);
    });
  });

  it("is about the current action where nobody says which, or the only one left", async () => {
    behave = () => (seen.length === 1 ? "finish" : "pause");
    const shown = currentTasks(await bench.store.read()).tasks[0];
    assert.ok(shown);
    assert.throws(() => findAction(shown), /has several actions\. Specify one: a1 \(Compress\), a2 \(Purge\)/);
    await bench.tick();
    const task = await bench.task();
    assert.equal(findAction(task).id, "a2");
    assert.equal(findAction(task, "Compress").id, "a1");
    assert.throws(() => findAction(task, "Compres"), /has no action "Compres".*Compress/);
    assert.deepEqual(outcomes(await bench.tick()), ["Purge:paused"]);
  });
});
