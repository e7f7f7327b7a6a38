import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { notifications, requests } from "../../server/protocol/runner-protocol.ts";
import { RunnerClient, uriOf } from "./support/runner-client.ts";
import { TaskWorkspace } from "./support/task-workspace.ts";

/** Leaves a trace as soon as it is loaded. */
const LEAVES_TRACE = `
appendFileSync("loaded", "x");
export class Work extends BackgroundTaskExAction<{}> {
  executeAction() { return true; }
}
export class Working extends BackgroundTaskEx<{}> { static readonly actions = [Work]; }
`;

describe("An untrusted workspace", () => {
  let workspace: TaskWorkspace;
  let client: RunnerClient;

  beforeEach(async () => {
    workspace = await TaskWorkspace.create({ "trace.task.ts": LEAVES_TRACE });
  });
  afterEach(async () => {
    await client.stop();
    await workspace.remove();
  });

  const state = () => client.folder(workspace.directory);
  const folder = () => uriOf(workspace.directory);

  it("can be looked at, and nothing of it is executed whatever is asked for", async () => {
    client = await RunnerClient.start([workspace.directory], {
      options: { trusted: false },
      settings: () => ({ autoTick: "onSchedule" }),
    });
    await client.until("the task files", () => state().taskFiles.length === 1);
    const refusal = /^The workspace is not trusted: .*/;
    const executing: [string, object][] = [
      [requests.runTick, { startedBy: "person" }],
      [requests.createTask, { class: "Working", params: {} }],
      [requests.taskRequest, { kind: "retry", task: "x" }],
    ];
    for (const [method, params] of executing)
      await assert.rejects(client.request(method, { folder: folder(), ...params }), { message: refusal });
    await assert.rejects(client.command("background-tasks.tick"), { message: refusal });
    await assert.rejects(client.command("background-tasks.create", { class: "Working" }), { message: refusal });
    await client.request(requests.refreshClasses, { folder: folder() });
    assert.deepEqual(await client.command("background-tasks.list"), { tasks: [] });
    assert.deepEqual(await client.command("background-tasks.history"), { entries: [] });
    assert.deepEqual(state().classes, []);
    assert.equal(existsSync(workspace.path("loaded")), false);
    assert.equal(existsSync(workspace.path(".background-tasks")), false);
  });

  it("cannot hold the runner up by the patterns of its configuration", async () => {
    await workspace.write(`${"a".repeat(60)}.task.ts`, LEAVES_TRACE);
    await workspace.write(
      "background-tasks.config.json",
      JSON.stringify({ include: [`**/*${"*a".repeat(30)}b.task.ts`, "trace.task.ts"] }),
    );
    client = await RunnerClient.start([workspace.directory], { options: { trusted: false } });
    await client.until("the task files", () => state().taskFiles.length === 1);
    assert.deepEqual(await client.command("background-tasks.list"), { tasks: [] });
  });

  it("does all it could not do before once it is trusted", async () => {
    client = await RunnerClient.start([workspace.directory], { options: { trusted: false } });
    await client.connection.sendNotification(notifications.trust, { trusted: true });
    await client.until("the classes", () => state().classes.length === 2);
    await client.request(requests.createTask, { folder: folder(), class: "Working", params: {} });
    const answer = await client.request<{ tasks: number }>(requests.runTick, { folder: folder(), startedBy: "person" });
    assert.equal(answer.tasks, 1);
  });
});
