import assert from "node:assert/strict";
import { currentTasks } from "../../server/service/index.ts";
import { action, Bench, outcomes, task } from "./recorded-task.ts";

describe("handing stored tasks over to a renamed class", () => {
  const calls: string[] = [];
  const Purge = action(calls, "Purge", {});
  let Compress: ReturnType<typeof action>;

  beforeEach(() => {
    Compress = action(calls, "Compress", { execute: [false, false, true] });
  });

  async function stored(): Promise<Bench> {
    const bench = new Bench([task("Nightly", [Compress, Purge]), task("Other", [Purge])]);
    await bench.create("Nightly", {}, { name: "logs" });
    await bench.create("Nightly");
    await bench.create("Other");
    await bench.tick();
    return bench;
  }

  it("of tasks: all of the old name, and no others", async () => {
    const before = await stored();
    const bench = Object.assign(before, { classes: [task("Weekly", [Compress, Purge])] });
    await bench.tick();
    assert.match((await bench.tasks())[0]?.problem ?? "", /No task file exports a task class Nightly/);
    await bench.store.submit({ kind: "class", of: "task", from: "Nightly", to: "Weekly" });
    const shown = currentTasks(await bench.store.read()).tasks;
    assert.deepEqual(
      shown.map(({ name, class: className, problem }) => [name, className, problem]),
      [
        ["logs", "Weekly", undefined],
        ["Weekly", "Weekly", undefined],
      ],
      "a name that was the class's follows it",
    );
    assert.deepEqual(outcomes(await bench.tick()), ["Compress:finished", "Purge:finished", "Compress:finished", "Purge:finished"]);
  });

  it("of actions: those that have not ended", async () => {
    const before = await stored();
    const Pack = action(calls, "Pack", { execute: [false] });
    const bench = Object.assign(before, { classes: [task("Nightly", [Pack, Purge])] });
    await bench.store.submit({ kind: "class", of: "action", from: "Purge", to: "Sweep" });
    await bench.store.submit({ kind: "class", of: "action", from: "Compress", to: "Pack" });
    await bench.tick();
    const [logs] = await bench.tasks();
    assert.deepEqual(
      logs?.actions.map(({ name, class: className }) => [name, className]),
      [
        ["Pack", "Pack"],
        ["Sweep", "Sweep"],
      ],
    );
    await bench.store.submit({ kind: "class", of: "action", from: "Sweep", to: "Purge" });
    assert.deepEqual(outcomes(await bench.tick()), ["Pack:paused", "Pack:paused"]);
  });

  it("waits while a task is being executed", async () => {
    const seen: (string | undefined)[] = [];
    const bench = new Bench([]);
    const ask = async () => {
      await bench.store.submit({ kind: "class", of: "task", from: "Nightly", to: "Weekly" });
      await new Promise((resolve) => setImmediate(resolve));
      seen.push((await bench.task()).class);
      return false;
    };
    Object.assign(bench, { classes: [task("Nightly", [action(calls, "Asks", { execute: [ask] })])] });
    await bench.create("Nightly");
    await bench.tick();
    seen.push((await bench.task()).class);
    assert.deepEqual(seen, ["Nightly", "Weekly"]);
  });
});
