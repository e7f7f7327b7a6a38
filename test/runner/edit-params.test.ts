import assert from "node:assert/strict";
import type { TaskDataJson } from "../../server/json/task-data-json.ts";
import { requests } from "../../server/protocol/runner-protocol.ts";
import { RunnerClient, uriOf } from "./support/runner-client.ts";
import { TaskWorkspace } from "./support/task-workspace.ts";

const STEPS = `
export class Step extends BackgroundTaskExAction<{ size: number; wait?: boolean }> {
  async executeAction(deadline: Deadline) {
    appendFileSync("sizes.txt", this.params.size + "\\n");
    while (this.params.wait && !deadline.isReached()) await sleep(10);
    return this.params.size === 0;
  }
}
export class Steps extends BackgroundTaskEx<{ size: number; wait?: boolean }> { static readonly actions = [Step]; }
`;

describe("The params of an action, edited by a client", () => {
  let workspace: TaskWorkspace;
  let client: RunnerClient;

  beforeEach(async () => {
    workspace = await TaskWorkspace.create({ "steps.task.ts": STEPS });
    client = await RunnerClient.start([workspace.directory]);
  });
  afterEach(async () => {
    await client.stop();
    await workspace.remove();
  });

  const folder = () => uriOf(workspace.directory);
  const tick = () => client.request(requests.runTick, { folder: folder(), startedBy: "person" });
  const edit = (task: string, params: unknown, more: object = {}) =>
    client.request(requests.editParams, { folder: folder(), task, action: "a1", params, ...more });
  const create = async (params: object) =>
    (await client.request<{ id: string }>(requests.createTask, { folder: folder(), class: "Steps", params })).id;
  const data = (task: string) => client.request<TaskDataJson>(requests.taskData, { folder: folder(), task });

  it("are what the next tick executes it with, and recorded with the task", async () => {
    const id = await create({ size: 64 });
    await tick();
    assert.equal(await edit(id, { size: 0 }), null);
    const [action] = (await data(id)).actions;
    assert.deepEqual(action?.params, { size: 0 });
    assert.deepEqual(
      action?.edits?.map(({ before, after }) => [before, after]),
      [[{ size: 64 }, { size: 0 }]],
    );
    await tick();
    await client.until("the end of the task", () => client.folder(workspace.directory).tasks.length === 0);
    const history = JSON.parse(await workspace.cli("history", "--json"));
    assert.deepEqual(history.entries[0].actions[0].edits[0].after, { size: 0 });
  });

  it("tell clients that there is something new in the task's data, even where no row shows it", async () => {
    const id = await create({ size: 64 });
    await tick();
    await client.until("the pause", () => client.folder(workspace.directory).tasks.some(({ status }) => status === "paused"));
    client.changes.length = 0;
    await workspace.cli("edit", id, "--params", '{"size":3}');
    await client.until("news of its data", () => client.changes.some(({ touched }) => touched?.includes(id)));
    assert.deepEqual((await data(id)).actions[0]?.params, { size: 3 });
  });

  it("are refused with the reason, and nothing is changed", async () => {
    const id = await create({ size: 64 });
    await tick();
    await assert.rejects(edit(id, [1]), /must be a JSON object, as they are now/);
    await assert.rejects(edit(id, { size: 1 }, { action: "a7" }), /has no action "a7"/);
    await assert.rejects(edit(id, { size: 1 }, { before: { size: 5 } }), /has continued in the meantime: its params are now \{"size":64\}/);
    await assert.rejects(edit("none", { size: 1 }), /There is no task "none"/);
    assert.deepEqual((await data(id)).actions[0]?.params, { size: 64 });
  });

  it("are refused while it is executed, whichever process does it, and taken once it is paused", async () => {
    const id = await create({ size: 1, wait: true });
    const ticking = workspace.cli("tick");
    await client.until("the tick elsewhere", () => client.folder(workspace.directory).tasks.some(({ status }) => status === "running"));
    await assert.rejects(edit(id, { size: 0 }), /is being executed: pause the task first/);
    await client.request(requests.taskRequest, { folder: folder(), task: id, kind: "pause" });
    await ticking;
    await edit(id, { size: 0 });
    assert.deepEqual((await data(id)).actions[0]?.params, { size: 0 });
  });

  it("are a command of the language server, too, about the current action where it names none", async () => {
    await create({ size: 64 });
    await client.command("background-tasks.editParams", { task: "Steps", params: { size: 2 } });
    await assert.rejects(client.command("background-tasks.editParams", { task: "Steps" }), /Specify the params/);
    const { tasks } = await client.command<{ tasks: { actions: { params: unknown }[] }[] }>("background-tasks.list");
    assert.deepEqual(tasks[0]?.actions[0]?.params, { size: 2 });
  });

  it("are not touched in an untrusted workspace", async () => {
    const id = await create({ size: 64 });
    await client.stop();
    client = await RunnerClient.start([workspace.directory], { options: { trusted: false } });
    await assert.rejects(edit(id, { size: 1 }), /not trusted/);
  });
});
