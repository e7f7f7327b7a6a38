import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { requests } from "../../server/protocol/runner-protocol.ts";
import { eventually, isAlive } from "../supervisor/support/eventually.ts";
import { programPath } from "../support/program-path.ts";
import { RunnerClient, uriOf } from "./support/runner-client.ts";
import { TaskWorkspace } from "./support/task-workspace.ts";

const LASTS = `
appendFileSync("workers", process.pid + "\\n");
export class Last extends BackgroundTaskExAction<{ obeys: boolean }> {
  async executeAction(deadline: Deadline) {
    appendFileSync("executing", process.pid + "\\n");
    while (!(this.params.obeys && deadline.isReached())) await sleep(10);
    return false;
  }
}
export class Lasting extends BackgroundTaskEx<{ obeys: boolean }> { static readonly actions = [Last]; }
`;

describe("The end of the runner", () => {
  let workspace: TaskWorkspace;

  beforeEach(async () => {
    workspace = await TaskWorkspace.create({ "last.task.ts": LASTS });
  });
  afterEach(() => workspace.remove());

  /** A tick in the middle of an action; resolves to the pid of its worker. */
  async function startLasting(client: RunnerClient, obeys: boolean): Promise<number> {
    const folder = uriOf(workspace.directory);
    await client.request(requests.createTask, { folder, class: "Lasting", params: { obeys } });
    client.request(requests.runTick, { folder, startedBy: "person" }).catch(() => {});
    return executing();
  }

  async function executing(): Promise<number> {
    await eventually("the action is executed", async () => (await pidsIn("executing")).length > 0);
    return (await pidsIn("executing"))[0] ?? 0;
  }

  async function pidsIn(name: string): Promise<number[]> {
    const text = await readFile(workspace.path(name), "utf8").catch(() => "");
    return text.split("\n").filter(Boolean).map(Number);
  }

  async function nothingIsLeft(runner: number): Promise<void> {
    await eventually("runner and workers are gone", async () => {
      const pids = [runner, ...(await pidsIn("workers"))];
      return pids.every((pid) => !isAlive(pid));
    });
  }

  async function listed(): Promise<{ status: string; actions: { attempt: number; error?: unknown }[] }> {
    const { tasks } = JSON.parse(await workspace.cli("list", "--json"));
    return tasks[0];
  }

  for (const obeys of [true, false]) {
    it(`as editors ask for it pauses what is executed, ${obeys ? "which obeys" : "which does not"}, and counts as no attempt`, async () => {
      const client = await RunnerClient.start([workspace.directory]);
      const runner = client.child.pid ?? 0;
      await startLasting(client, obeys);
      assert.equal(await client.stop(), 0);
      await nothingIsLeft(runner);
      const task = await listed();
      assert.equal(task.status, "paused");
      assert.equal(task.actions[0]?.attempt, 1);
      assert.equal(task.actions[0]?.error, undefined);
    });
  }

  it("follows when the connection is closed, and what is executed is paused", async () => {
    const client = await RunnerClient.start([workspace.directory]);
    const runner = client.child.pid ?? 0;
    await startLasting(client, true);
    client.child.stdin?.destroy();
    assert.equal(await client.exited, 1);
    await nothingIsLeft(runner);
    assert.equal((await listed()).status, "paused");
  });

  it("follows the death of its client, even if that is killed", async () => {
    const parent = spawn(process.execPath, [programPath("runner/support/forgetful-client"), workspace.directory], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      const runner = await new Promise<number>((resolve) => parent.stdout.once("data", (pid) => resolve(Number(pid))));
      await executing();
      assert.ok(isAlive(runner));
      parent.kill("SIGKILL");
      await nothingIsLeft(runner);
      assert.equal((await listed()).status, "paused");
    } finally {
      parent.kill("SIGKILL");
    }
  });

  it("follows the death of the process that its client names, even if the connection stays open", async () => {
    const named = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    const client = await RunnerClient.start([workspace.directory], { processId: named.pid ?? 0 });
    named.kill("SIGKILL");
    assert.equal(await client.exited, 1);
    client.connection.dispose();
  });

  it("by a crash takes its workers along, and the store is fine: another runner shows the task, and a tick goes on with it", async () => {
    const client = await RunnerClient.start([workspace.directory]);
    const runner = client.child.pid ?? 0;
    const worker = await startLasting(client, true);
    client.child.kill("SIGKILL");
    await nothingIsLeft(runner);
    assert.equal(isAlive(worker), false);
    client.connection.dispose();

    const next = await RunnerClient.start([workspace.directory]);
    try {
      const [task] = next.folder(workspace.directory).tasks;
      assert.equal(task?.class, "Lasting");
      assert.equal(next.folder(workspace.directory).tick, null);
      const tick = next.request<{ outcome: string }>(requests.runTick, { folder: uriOf(workspace.directory), startedBy: "person" });
      await next.until("the action is executed again", () => next.folder(workspace.directory).tick?.current);
      await next.request(requests.cancelTick, { folder: uriOf(workspace.directory) });
      assert.equal((await tick).outcome, "cancelled");
    } finally {
      await next.stop();
    }
  });
});
