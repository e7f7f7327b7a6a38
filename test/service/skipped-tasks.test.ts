import assert from "node:assert/strict";
import { action, Bench, task } from "./recorded-task.ts";

describe("the tasks that a tick leaves alone", () => {
  it("are counted by the reason", async () => {
    const failing = action([], "Failing", { execute: [new Error("broken")], retryDelay: 60_000 });
    const stopping = action([], "StoppingAction", { execute: [new Error("broken")], maxAttempts: 1 });
    const fine = action([], "FineAction", {});
    const classes = [task("Later", [failing]), task("Stopping", [stopping], "stop"), task("Fine", [fine]), task("Gone", [fine])];
    const bench = new Bench(classes, {});
    for (const name of ["Later", "Stopping", "Gone", "Gone", "Fine"]) await bench.create(name, {}, { name });
    const all = bench.classes;
    const without = all.filter((one) => (one as { name: string }).name !== "Gone");
    const held = (await bench.store.read()).requests.at(-1)?.body;
    assert.ok(held?.kind === "create");
    await bench.store.submit({ kind: "pause", task: held.tasks[0]?.id ?? "" });

    const first = await bench.tick({ classes: without });
    assert.deepEqual(first.skipped, { blocked: 2, held: 1 });
    const nextAttemptAt = new Date(bench.now + 60_000).toISOString();
    const second = await bench.tick({ classes: without });
    assert.deepEqual(second.tasks, []);
    assert.deepEqual(second.skipped, { waiting: 1, nextAttemptAt, blocked: 2, held: 1, failed: 1 });

    const narrowed = await bench.service({ classes: without }).processTasks({ class: "Later" });
    assert.deepEqual(narrowed.skipped, { waiting: 1, nextAttemptAt });
  });

  it("are those that it did not reach, too, and go without saying where there are none", async () => {
    const calls: string[] = [];
    const slow = action(calls, "Slow", {
      execute: [
        () => {
          bench.now += 60_000;
          return true;
        },
      ],
    });
    const bench = new Bench([task("Slowly", [slow])]);
    await bench.create("Slowly");
    await bench.create("Slowly");
    assert.deepEqual((await bench.tick()).skipped, { notReached: 1 });
    assert.equal("skipped" in (await bench.tick()), false);
  });
});
