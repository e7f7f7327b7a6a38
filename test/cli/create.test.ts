import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import type { TaskJson } from "../../server/json/list-json.ts";
import { runCommand } from "./support/command.ts";
import { listDocument, object, taskDocument, text } from "./support/shapes.ts";
import { Workspace } from "./support/workspace.ts";

describe("create, list and show", () => {
  let workspace: Workspace;
  before(async () => {
    workspace = await Workspace.create("counting", "creating");
  });
  after(() => workspace.remove());

  it("leave no trace in a workspace where nothing was created", async () => {
    for (const command of ["list", "history"]) assert.equal((await workspace.run(command)).code, 0);
    assert.equal(existsSync(workspace.path(".background-tasks")), false);
    assert.equal((await workspace.run("list")).stdout, "No tasks are stored.\n");
    assert.equal((await workspace.run("history")).stdout, "No task has ended yet.\n");
  });

  it("store a task with params, name and type, and show it as documented", async () => {
    const args = ["create", "Count", "--params", '{"to":3,"count":0}', "--name", "my count", "--interactive"];
    const created = await workspace.json<{ id: string }>(0, ...args);
    object({ id: text })(created, "create");

    const listed = await workspace.json<{ tasks: TaskJson[] }>(0, "list");
    listDocument(listed, "list");
    const shown = await workspace.json<TaskJson>(0, "show", "my count");
    taskDocument(shown, "show");
    assert.deepEqual(listed.tasks, [shown]);
    assert.deepEqual(await workspace.json(0, "show", created.id), shown);
    const { createdAt: _, ...rest } = shown;
    assert.deepEqual(rest, {
      id: created.id,
      name: "my count",
      class: "Count",
      type: "interactive",
      status: "created",
      message: "",
      params: { to: 3, count: 0 },
      currentAction: null,
      actions: [{ id: rest.actions[0]?.id, name: "CountUp", class: "CountUp", rank: 1, attempt: 0, params: { to: 3, count: 0 } }],
    });
  });

  it("say in words what was created", async () => {
    const { code, stdout } = await workspace.run("create", "Count");
    assert.equal(code, 0);
    const id = /^Created task Count \((\S+)\)\.\n$/.exec(stdout)?.[1] ?? "";
    assert.match((await workspace.run("list")).stdout, new RegExp(`^${id} +Count +new +1/1 CountUp$`, "m"));
    const { stdout: shown } = await workspace.run("show", id);
    assert.match(shown, /^Count\n/);
    assert.match(shown, /^1\. CountUp: not started yet$/m);
  });

  it("take params from a file and from standard input", async () => {
    await workspace.write("params.json", '\uFEFF{ "to": 7 }\n');
    const { id } = await workspace.json<{ id: string }>(0, "create", "Count", "--params", "@params.json");
    assert.deepEqual((await workspace.json<TaskJson>(0, "show", id)).params, { to: 7 });
    const args = ["create", "Count", "--params", "-", "--json"];
    const { stdout } = await runCommand(args, { cwd: workspace.directory, input: '{ "to": 8 }' });
    assert.deepEqual((await workspace.json<TaskJson>(0, "show", JSON.parse(stdout).id)).params, { to: 8 });
  });

  it("work on another workspace than the current directory", async () => {
    const args = ["list", "--workspace", workspace.directory, "--json"];
    const { stdout } = await runCommand(args, { cwd: process.cwd() });
    assert.ok(JSON.parse(stdout).tasks.length > 0);
  });

  it("say where createActions threw, with exit code 1, and store nothing", async () => {
    const { code, stdout, stderr } = await workspace.run("create", "Unmakeable");
    assert.equal(code, 1);
    assert.equal(stdout, "");
    assert.match(stderr, /No task was created: Unmakeable threw an error\.\nError: no actions today {2}creating\.task\.ts:25:11/);
    assert.doesNotMatch((await workspace.run("list")).stdout, /Unmakeable/);
  });

  it("tell tasks of one name apart by their ids", async () => {
    const ids = [await workspace.createTask("Count", {}, "--name", "twin"), await workspace.createTask("Count", {}, "--name", "twin")];
    const { code, stderr } = await workspace.run("show", "twin");
    assert.equal(code, 2);
    for (const id of ids) assert.ok(stderr.includes(id));
  });
});
