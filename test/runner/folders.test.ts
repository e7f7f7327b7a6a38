import assert from "node:assert/strict";
import { requests } from "../../server/protocol/runner-protocol.ts";
import { RunnerClient, uriOf } from "./support/runner-client.ts";
import { TaskWorkspace } from "./support/task-workspace.ts";

const fails = (className: string) => `
export class ${className}Action extends BackgroundTaskExAction<{}> {
  static readonly maxAttempts = 7;
  executeAction(): boolean { throw new Error("${className} is broken"); }
}
export class ${className} extends BackgroundTaskEx<{}> { static readonly actions = [${className}Action]; }
`;

describe("Several folders in one window", () => {
  let first: TaskWorkspace;
  let second: TaskWorkspace;
  let client: RunnerClient;

  beforeEach(async () => {
    first = await TaskWorkspace.create({ "first.task.ts": fails("First") });
    second = await TaskWorkspace.create({ "second.task.ts": fails("Second") });
  });
  afterEach(async () => {
    await client.stop();
    await first.remove();
    await second.remove();
  });

  it("have stores, classes, ticks and diagnostics of their own", async () => {
    client = await RunnerClient.start([first.directory, second.directory]);
    for (const [{ directory }, name] of [
      [first, "First"],
      [second, "Second"],
    ] as const) {
      await client.request(requests.createTask, { folder: uriOf(directory), class: name, params: {} });
    }
    const ticks = [first, second].map(({ directory }) =>
      client.request(requests.runTick, { folder: uriOf(directory), startedBy: "person" }),
    );
    await Promise.all(ticks);
    for (const [{ directory, path }, name] of [
      [first, "First"],
      [second, "Second"],
    ] as const) {
      const file = path.call(directory === first.directory ? first : second, `${name.toLowerCase()}.task.ts`);
      const [problem] = await client.until("the problem", () => client.problemsOf(file).length > 0 && client.problemsOf(file));
      assert.equal(problem?.message, `${name}Action failed (attempt 1 of 7): ${name} is broken`);
      assert.deepEqual(
        client.folder(directory).tasks.map((task) => task.class),
        [name],
      );
    }
  });

  it("have settings of their own", async () => {
    client = await RunnerClient.start([first.directory, second.directory], {
      settings: (folder) => (folder === uriOf(second.directory) ? { include: ["none/**/*.task.ts"], maxExecutionTime: null } : {}),
    });
    await client.until("the first one's files", () => client.folder(first.directory).taskFiles.length === 1);
    assert.deepEqual(client.folder(second.directory).taskFiles, []);
  });

  it("come and go while the window is open, and take their diagnostics along", async () => {
    client = await RunnerClient.start([first.directory]);
    await client.connection.sendNotification("workspace/didChangeWorkspaceFolders", {
      event: { added: [{ uri: uriOf(second.directory), name: "second" }], removed: [] },
    });
    await client.until("news of the second folder", () => client.changes.some(({ uri }) => uri === uriOf(second.directory)));
    await client.refresh();
    await client.request(requests.createTask, { folder: uriOf(second.directory), class: "Second", params: {} });
    await client.request(requests.runTick, { folder: uriOf(second.directory), startedBy: "person" });
    const file = second.path("second.task.ts");
    await client.until("the problem", () => client.problemsOf(file).length === 1);
    await client.connection.sendNotification("workspace/didChangeWorkspaceFolders", {
      event: { added: [], removed: [{ uri: uriOf(second.directory), name: "second" }] },
    });
    await client.until("no problem", () => client.problemsOf(file).length === 0);
    await assert.rejects(client.request(requests.history, { folder: uriOf(second.directory) }), /There is no open folder/);
  });

  it("have to be named by commands; one alone has not", async () => {
    client = await RunnerClient.start([first.directory, second.directory]);
    await assert.rejects(client.command("background-tasks.list"), /Several folders are open/);
    assert.deepEqual(await client.command("background-tasks.list", { folder: first.directory }), { tasks: [] });
    assert.deepEqual(await client.command("background-tasks.list", { folder: uriOf(second.directory) }), { tasks: [] });
  });
});
