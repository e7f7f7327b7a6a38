import assert from "node:assert/strict";
import { eventually, isAlive } from "./support/eventually.ts";
import { SupervisedFolder } from "./support/supervised-folder.ts";

const LEAVES = `
import { spawn, spawnSync } from "node:child_process";

/** Starts a process that lives for a minute, and writes down its pid. */
function start(detached: boolean) {
  const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60_000)"], { detached, stdio: "inherit" });
  child.unref();
  appendFileSync("pids.txt", child.pid + "\\n");
}
export class LeavesChild extends BackgroundTaskExAction<{}> {
  executeAction() { start(false); return true; }
}
export class LeavesDetached extends BackgroundTaskExAction<{}> {
  executeAction() { start(true); return true; }
}
export class ThenLoops extends BackgroundTaskExAction<{}> {
  executeAction() { start(false); start(true); for (;;); return true; }
}
export class ThenExits extends BackgroundTaskExAction<{}> {
  executeAction() { start(false); start(true); process.exit(0); return true; }
}
export class LeavesDaemon extends BackgroundTaskExAction<{}> {
  executeAction() {
    // The shell in between is gone at once, and so is the way from the worker to what it has started.
    spawnSync("setsid", ["sh", "-c", "sleep 47 & echo $! >> pids.txt"], { stdio: "ignore" });
    return true;
  }
}
export class Haunting extends BackgroundTaskEx<{}> { static readonly actions = [LeavesDaemon]; }
export class Leaving extends BackgroundTaskEx<{}> { static readonly actions = [LeavesChild, LeavesDetached]; }
export class Looping extends BackgroundTaskEx<{}> { static readonly actions = [ThenLoops]; }
export class Exiting extends BackgroundTaskEx<{}> { static readonly actions = [ThenExits]; }
`;

describe("Processes that an action has started", () => {
  let workspace: SupervisedFolder;

  beforeEach(async () => {
    workspace = await SupervisedFolder.create({ "leaves.task.ts": LEAVES });
  });
  afterEach(() => workspace.remove());

  async function pids(): Promise<number[]> {
    const lines = await workspace.lines("pids.txt");
    assert.equal(lines.length, 2);
    return lines.map(Number);
  }

  it("are ended with the tick, detached or not, and people are told", async () => {
    await workspace.createTask("Leaving");
    const told = await workspace.tick();
    assert.equal(told.report.tasks[0]?.status, "finished");
    for (const pid of await pids()) await eventually(`${pid} is gone`, () => !isAlive(pid));
    const [warning] = told.of("warning");
    for (const pid of await pids()) assert.match(warning?.message ?? "", new RegExp(`\\(pid ${pid}\\)`));
  });

  it("are ended with the tick where Linux still finds them, when they have become daemons", async function () {
    if (process.platform !== "linux") this.skip();
    await workspace.createTask("Haunting");
    const told = await workspace.tick();
    const [daemon] = await workspace.lines("pids.txt");
    await eventually(`${daemon} is gone`, () => !isAlive(Number(daemon)));
    assert.match(told.of("warning")[0]?.message ?? "", new RegExp(`sleep \\(pid ${daemon}\\)`));
  });

  it("are ended with a worker that has to be ended", async () => {
    await workspace.createTask("Looping");
    await workspace.tick({ supervisor: workspace.supervisor({ graceMs: 200 }), maxExecutionTimeMs: 4_000 });
    for (const pid of await pids()) await eventually(`${pid} is gone`, () => !isAlive(pid));
  });

  it("are ended with a worker that ends by itself", async () => {
    await workspace.createTask("Exiting");
    await workspace.tick();
    const [child, detached] = await pids();
    await eventually("the child is gone", () => !isAlive(child ?? 0));
    if (process.platform === "linux") await eventually("the detached one is gone", () => !isAlive(detached ?? 0));
    else if (detached && isAlive(detached)) process.kill(detached);
  });
});
