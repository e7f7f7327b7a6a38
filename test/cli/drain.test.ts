import assert from "node:assert/strict";
import type { TickJson } from "../../server/json/tick-json.ts";
import { list, object, tickDocument } from "./support/shapes.ts";
import { Workspace } from "./support/workspace.ts";

interface DrainJson {
  readonly ticks: readonly TickJson[];
}

describe("drain", () => {
  let workspace: Workspace;
  beforeEach(async () => {
    workspace = await Workspace.create("counting", "failing");
  });
  afterEach(() => workspace.remove());

  it("ticks until every task has ended: exit code 0", async () => {
    await workspace.createTask("Count", { to: 3, count: 0 });
    const drained = await workspace.json<DrainJson>(0, "drain");
    object({ ticks: list(tickDocument) })(drained, "drain");
    assert.deepEqual(
      drained.ticks.map(({ tasks }) => tasks[0]?.status),
      ["paused", "paused", "finished"],
    );
    assert.equal(await workspace.read("counted.txt"), "1\n2\n3\n");
  });

  it("ends with exit code 1 when an action failed for good", async () => {
    await workspace.createTask("Failing");
    const { code, stdout } = await workspace.run("drain");
    assert.equal(code, 1);
    assert.match(stdout, /Fail: failed after .*, attempt 1, will retry[\s\S]*Fail: failed after .*, attempt 2$/m);
  });

  it("does not wait for what only a person can bring on", async () => {
    await workspace.createTask("Stopping");
    const held = await workspace.createTask("Count", { to: 1, count: 0 });
    await workspace.run("pause", held);
    const drained = await workspace.json<DrainJson>(1, "drain");
    assert.equal(drained.ticks.at(-1)?.tasks[0]?.status, "failed");
    assert.equal((await workspace.json<DrainJson>(0, "drain")).ticks.length, 1);
  });

  it("sleeps until the next attempt, wakes up for a new task, and ends on SIGTERM with exit code 143", async () => {
    await workspace.createTask("Later", { delay: 0, failed: false });
    const command = workspace.start("drain", "--json");
    await command.printed(/Waiting for the next attempt at \d{4}-/);
    await workspace.createTask("Count", { to: 1, count: 0 });
    await command.printed(/CountUp\] finished/);
    command.signal("SIGTERM");
    const { code, stdout } = await command.result;
    assert.equal(code, 143);
    const { ticks }: DrainJson = JSON.parse(stdout);
    assert.deepEqual(
      ticks.map(({ tasks }) => tasks.map((task) => task.class)),
      [["Later"], ["Count"]],
    );
  });

  it("ends its wait when a person says retry", async () => {
    await workspace.createTask("Later", { delay: 0, failed: false });
    const command = workspace.start("drain", "--json");
    await command.printed(/Waiting for the next attempt/);
    await workspace.run("retry", "Later");
    const { code, stdout } = await command.result;
    assert.equal(code, 0);
    assert.equal(JSON.parse(stdout).ticks.at(-1).tasks[0].status, "finished");
  });

  it("can be narrowed to a class", async () => {
    await workspace.createTask("Count", { to: 2, count: 0 });
    await workspace.createTask("Later", { delay: 0, failed: false });
    const { ticks } = await workspace.json<DrainJson>(0, "drain", "--class", "Count");
    assert.deepEqual([...new Set(ticks.flatMap(({ tasks }) => tasks.map((task) => task.class)))], ["Count"]);
  });

  it("says so when the time budget is too small for anything", async () => {
    await workspace.createTask("Count", { to: 1, count: 0 });
    const { code, stderr } = await workspace.run("drain", "--max-execution-time", "0.001");
    assert.equal(code, 2);
    assert.match(stderr, /time budget ends before the first task can start.*--max-execution-time/);
  });
});
