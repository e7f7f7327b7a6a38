import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { requests, serverCommands, type TickAnswer } from "../../server/protocol/runner-protocol.ts";
import { cliPath, RunnerClient, uriOf } from "./support/runner-client.ts";
import { TaskWorkspace } from "./support/task-workspace.ts";

const WAIT = `
export class Wait extends BackgroundTaskExAction<{ seconds: number }> {
  async executeAction(deadline: Deadline) {
    const end = Date.now() + this.params.seconds * 1000;
    this.reportProgress({ done: 0, total: 2, message: "waiting" });
    while (Date.now() < end) {
      if (deadline.isReached()) return false;
      await sleep(20);
    }
    this.reportProgress({ done: 2, total: 2 });
    return true;
  }
}
export class Waiting extends BackgroundTaskEx<{ seconds: number }> { static readonly actions = [Wait]; }
`;

describe("A plain LSP client of `background-tasks lsp --stdio`", () => {
  let workspace: TaskWorkspace;
  let client: RunnerClient;

  beforeEach(async () => {
    workspace = await TaskWorkspace.create({ "wait.task.ts": WAIT });
    client = await RunnerClient.start([workspace.directory], {
      command: [process.execPath, cliPath, "lsp", "--stdio"],
      options: { isOwnClient: false },
      capabilities: { workspace: { workspaceFolders: true }, window: { workDoneProgress: true } },
    });
  });
  afterEach(async () => {
    await client.stop();
    await workspace.remove();
  });

  it("is told of the commands, which do what the command line does", async () => {
    assert.deepEqual(client.initialized?.capabilities.executeCommandProvider?.commands, [...serverCommands]);
    const { id } = await client.command<{ id: string }>("background-tasks.create", {
      class: "Waiting",
      params: { seconds: 0 },
      name: "short",
    });
    const { tasks } = await client.command<{ tasks: { id: string; params: unknown }[] }>("background-tasks.list");
    assert.deepEqual(
      tasks.map((task) => [task.id, task.params]),
      [[id, { seconds: 0 }]],
    );
    await client.command("background-tasks.pause", { task: "short" });
    assert.equal((await client.command<{ tasks: number }>("background-tasks.tick")).tasks, 0);
    await client.command("background-tasks.resume", { task: "short" });
    assert.equal((await client.command<{ outcome: string; tasks: number }>("background-tasks.tick", { task: "short" })).tasks, 1);
    const { entries } = await client.command<{ entries: { id: string }[] }>("background-tasks.history", { limit: 5 });
    assert.equal(entries[0]?.id, id);
  });

  it("sees the progress of a tick, and can cancel it by that", async () => {
    await client.command("background-tasks.create", { class: "Waiting", params: { seconds: 60 } });
    const ticked = client.command<{ outcome: string; paused: number }>("background-tasks.tick");
    const { token } = await client.until("progress", () =>
      client.progress.find(({ value }) => /Wait 0\/2, waiting/.test(String(value.message))),
    );
    await client.connection.sendNotification("window/workDoneProgress/cancel", { token: token as string });
    const answer = await ticked;
    assert.equal(answer.outcome, "cancelled");
    assert.equal(answer.paused, 1);
    assert.deepEqual(
      client.progress.map(({ value }) => value.kind).filter((kind) => kind !== "report"),
      ["begin", "end"],
    );
  });

  it("sees the progress by a token of its own", async () => {
    await client.command("background-tasks.create", { class: "Waiting", params: { seconds: 0 } });
    await client.command("background-tasks.tick", undefined, { workDoneToken: "mine" });
    await client.until("the end", () => client.progress.some(({ token, value }) => token === "mine" && value.kind === "end"));
  });

  it("reads in words what it did wrong", async () => {
    await assert.rejects(client.command("background-tasks.create", { class: "Waitin" }), /Did you mean.*Waiting/);
    await assert.rejects(client.command("background-tasks.create"), /Specify which class/);
    await assert.rejects(client.command("background-tasks.retry", { task: "none" }), /There is no task "none"/);
    await assert.rejects(client.command("background-tasks.tick", { task: 7 }), /"task" of background-tasks\.tick must be text, not 7/);
    await assert.rejects(client.command("background-tasks.cancelTick"), /This window has no tick to cancel/);
  });
});

describe("A tick that finds the mutex held by a process out of sight", () => {
  it("is answered, and logged, with the file that a person may remove", async () => {
    const workspace = await TaskWorkspace.create({ "wait.task.ts": WAIT });
    const locks = join(workspace.directory, ".background-tasks", "tick.lock");
    const file = join(locks, "0000000007");
    await mkdir(locks, { recursive: true });
    await writeFile(
      file,
      JSON.stringify({ pid: 1, startTime: 1, host: "elsewhere", platform: "elsewhere", since: "2026-11-24T03:00:00.000Z" }),
    );
    const client = await RunnerClient.start([workspace.directory]);
    try {
      const answer = await client.request<TickAnswer>(requests.runTick, { folder: uriOf(workspace.directory), startedBy: "person" });
      assert.deepEqual([answer.outcome, answer.doubtfulClaim], ["locked", file]);
      await client.until("the log", () => client.output.some(({ text }) => text.includes(`remove ${file}`)));
    } finally {
      await client.stop();
      await workspace.remove();
    }
  });
});

describe("Two requests for a tick at once", () => {
  it("share it where they want the same, and the later one is told where not", async () => {
    const workspace = await TaskWorkspace.create({ "wait.task.ts": WAIT });
    const client = await RunnerClient.start([workspace.directory]);
    try {
      const folder = uriOf(workspace.directory);
      await client.request(requests.createTask, { folder, class: "Waiting", params: { seconds: 1 } });
      const first = client.request(requests.runTick, { folder, startedBy: "person" });
      await client.until("the tick", () => client.folder(workspace.directory).tick?.current);
      const same = client.request(requests.runTick, { folder, startedBy: "person" });
      const other = client.request<{ outcome: string }>(requests.runTick, { folder, startedBy: "person", class: "Waiting" });
      assert.equal((await other).outcome, "locked");
      assert.deepEqual(await same, await first);
    } finally {
      await client.stop();
      await workspace.remove();
    }
  });
});
