import assert from "node:assert/strict";
import type { HistoryJson } from "../../server/protocol/json/history-json.ts";
import type { ListJson, TaskJson } from "../../server/protocol/json/list-json.ts";
import type { TickJson } from "../../server/protocol/json/tick-json.ts";
import { historyDocument, object, text } from "./support/shapes.ts";
import { Workspace } from "./support/workspace.ts";

describe("retry, cancel, pause and resume", () => {
  let workspace: Workspace;
  beforeEach(async () => {
    workspace = await Workspace.create("counting", "failing");
  });
  afterEach(() => workspace.remove());

  const shown = (id: string) => workspace.json<TaskJson>(0, "show", id);

  it("pause leaves a task alone until resume", async () => {
    const id = await workspace.createTask("Count", { to: 1, count: 0 });
    const paused = await workspace.json(0, "pause", id);
    object({ id: text })(paused, "pause");
    assert.equal((await shown(id)).held, true);
    assert.match((await workspace.run("list")).stdout, /created, held/);
    assert.deepEqual((await workspace.json<TickJson>(0, "tick")).tasks, []);
    const again = await workspace.run("pause", id);
    assert.equal(again.code, 2);
    assert.match(again.stderr, /is paused already/);

    assert.match((await workspace.run("resume", id)).stdout, /will go on with the next tick\.\n$/);
    assert.equal((await shown(id)).held, undefined);
    assert.equal((await workspace.json<TickJson>(0, "tick")).tasks[0]?.status, "finished");
  });

  it("cancel takes a task from the list into the history", async () => {
    const id = await workspace.createTask("Count", { to: 9, count: 0 });
    await workspace.run("tick");
    await workspace.json(0, "cancel", id);
    assert.deepEqual((await workspace.json<ListJson>(0, "list")).tasks, []);
    // At once, and the same after the tick that carries it out.
    for (const next of ["list", "tick"]) {
      await workspace.run(next);
      const history = await workspace.json<HistoryJson>(0, "history");
      historyDocument(history, "history");
      assert.deepEqual(
        history.entries.map(({ outcome, actions }) => [outcome, actions[0]?.outcome]),
        [["cancelled", "cancelled"]],
      );
    }
    const { code, stderr } = await workspace.run("cancel", id);
    assert.equal(code, 2);
    assert.match(stderr, /has ended: cancelled at .*background-tasks history/);
  });

  it("cancel and pause reach an action that another process is executing", async () => {
    for (const [request, outcome] of [
      ["pause", "paused"],
      ["cancel", "cancelled"],
    ] as const) {
      const id = await workspace.createTask("Endless", { rounds: 0 });
      const tick = workspace.start("tick", "--json");
      await tick.printed(/\[Endless\/Hash\] started/);
      await workspace.json(0, request, id);
      const { stdout } = await tick.result;
      const report: TickJson = JSON.parse(stdout);
      assert.equal(report.tasks[0]?.actions[0]?.outcome, outcome);
      if (request === "pause") assert.equal((await shown(id)).held, true);
      await workspace.run("cancel", id);
      await workspace.run("tick");
    }
  });

  it("retry gives a failed task its attempts again", async () => {
    const id = await workspace.createTask("Stopping");
    await workspace.run("drain");
    assert.equal((await shown(id)).status, "failed");
    await workspace.json(0, "retry", id);
    assert.equal((await shown(id)).status, "paused");
    assert.equal((await workspace.json<TickJson>(1, "tick")).tasks[0]?.actions[0]?.attempt, 1);
  });

  it("retry ends the wait for the next attempt", async () => {
    const id = await workspace.createTask("Later", { delay: 0, failed: false });
    await workspace.run("tick");
    const { nextAttemptAt } = await shown(id);
    assert.ok(nextAttemptAt && Date.parse(nextAttemptAt) > Date.now() + 60_000);
    assert.match((await workspace.run("list")).stdout, /next attempt at \d{4}-/);
    await workspace.json(0, "retry", "Later");
    assert.equal((await shown(id)).nextAttemptAt, undefined);
    assert.equal((await workspace.json<TickJson>(0, "tick")).tasks[0]?.status, "finished");
  });

  it("refuse what makes no sense, with exit code 2", async () => {
    const id = await workspace.createTask("Count", { to: 1, count: 0 });
    for (const [request, refusal] of [
      ["retry", /only a failed task/],
      ["resume", /nothing to resume/],
    ] as const) {
      const { code, stderr } = await workspace.run(request, id);
      assert.equal(code, 2);
      assert.match(stderr, refusal);
    }
  });
});
