import assert from "node:assert/strict";
import type { HistoryJson } from "../../server/json/history-json.ts";
import type { ListJson, TaskJson } from "../../server/json/list-json.ts";
import type { TickJson } from "../../server/json/tick-json.ts";
import { historyDocument, object, taskDocument, text } from "./support/shapes.ts";
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
    assert.match((await workspace.run("list")).stdout, /Count +held until resumed/);
    assert.deepEqual((await workspace.json<TickJson>(0, "tick")).tasks, []);
    const again = await workspace.run("pause", id);
    assert.equal(again.code, 2);
    assert.match(again.stderr, /is already paused/);

    assert.match((await workspace.run("resume", id)).stdout, /will continue with the next tick\.\n$/);
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
    assert.match(stderr, /has ended: cancelled at .*background-tasks show/);
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
    assert.match((await workspace.run("list")).stdout, /failed, next attempt \d\d:\d\d:\d\d/);
    await workspace.json(0, "retry", "Later");
    assert.equal((await shown(id)).nextAttemptAt, undefined);
    assert.equal((await workspace.json<TickJson>(0, "tick")).tasks[0]?.status, "finished");
  });

  it("refuse what makes no sense, with exit code 2", async () => {
    const id = await workspace.createTask("Count", { to: 1, count: 0 });
    for (const [request, refusal] of [
      ["retry", /only a task that failed/],
      ["resume", /nothing to resume/],
    ] as const) {
      const { code, stderr } = await workspace.run(request, id);
      assert.equal(code, 2);
      assert.match(stderr, refusal);
    }
  });
});

describe("edit", () => {
  let workspace: Workspace;
  beforeEach(async () => {
    workspace = await Workspace.create("counting", "failing");
  });
  afterEach(() => workspace.remove());

  it("replaces the params that the next attempt uses, and is remembered in show and history", async () => {
    const id = await workspace.createTask("Later", { delay: 0, failed: false });
    await workspace.run("tick");
    const answer = await workspace.json(0, "edit", id, "--params", '{"delay":7,"failed":true}');
    object({ id: text, action: text })(answer, "edit");
    await workspace.run("retry", id);
    taskDocument(await workspace.json(0, "show", id), "show");
    assert.match(
      (await workspace.run("show", id)).stdout,
      /params {4}\{"delay":7,"failed":true\}\n.*edited .*before \{"delay":0,"failed":false\}/,
    );
    assert.equal((await workspace.json<TickJson>(0, "tick")).tasks[0]?.status, "finished");
    const history = await workspace.json<HistoryJson>(0, "history");
    historyDocument(history, "history");
    const [action] = history.entries[0]?.actions ?? [];
    assert.deepEqual(
      action?.edits?.map(({ before, after }) => [before, after]),
      [
        [
          { delay: 0, failed: false },
          { delay: 7, failed: true },
        ],
      ],
    );
    assert.deepEqual(action?.attempts.at(-1)?.params, { delay: 7, failed: true });
    assert.match((await workspace.run("history")).stdout, /FailOnce: params edited .* from .* to \{"delay":7,"failed":true\}/);
  });

  it("says in a sentence what it did, or why not with exit code 2", async () => {
    const id = await workspace.createTask("Count", { to: 3, count: 0 }, "--name", "three");
    const { stdout } = await workspace.run("edit", "three", "--action", "CountUp", "--params", '{"to":1,"count":0}');
    assert.equal(stdout, `Replaced the params of CountUp in task three (${id}).\n`);
    for (const [args, refusal] of [
      [["--params", "[1]"], /must be a JSON object, as they are now, not \[1\]/],
      [["--params", '{"to":'], /The params in --params are not valid JSON: line 1, column 7/],
      [["--action", "a9", "--params", "{}"], /has no action "a9"/],
      [[], /required option '--params <json>' not specified/],
    ] as const) {
      const { code, stderr } = await workspace.run("edit", "three", ...args);
      assert.equal(code, 2, stderr);
      assert.match(stderr, refusal);
    }
  });

  it("refuses to touch an action that another process is executing", async () => {
    const id = await workspace.createTask("Endless", { rounds: 0 });
    const tick = workspace.start("tick", "--json");
    await tick.printed(/\[Endless\/Hash\] started/);
    const { code, stderr } = await workspace.run("edit", id, "--params", '{"rounds":9}');
    assert.equal(code, 2);
    assert.match(stderr, /is being executed: pause the task first/);
    await workspace.run("pause", id);
    await tick.result;
    await workspace.json(0, "edit", id, "--params", '{"rounds":9}');
    assert.deepEqual(await shownParams(id), { rounds: 9 });
  });

  const shownParams = async (id: string) => (await workspace.json<TaskJson>(0, "show", id)).actions[0]?.params;
});
