import assert from "node:assert/strict";
import { eventually, isAlive } from "./support/eventually.ts";
import { ProgramRun } from "./support/program-run.ts";
import { SupervisedFolder } from "./support/supervised-folder.ts";

const WORKS = `
import { spawn } from "node:child_process";
export class Loops extends BackgroundTaskExAction<{}> {
  changeActionParamsOnError() { appendFileSync("recovery.txt", "called\\n"); return true; }
  executeAction(deadline: Deadline) {
    if (deadline.remaining() < 100_000) return true;
    const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60_000)"], { detached: true, stdio: "ignore" });
    appendFileSync("pids.txt", process.pid + "\\n" + child.pid + "\\n");
    for (;;);
    return true;
  }
}
export class Pauses extends BackgroundTaskExAction<{ saved?: boolean }> {
  async executeAction(deadline: Deadline) {
    if (deadline.remaining() < 100_000) return true;
    const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60_000)"], { stdio: "ignore" });
    appendFileSync("pids.txt", process.pid + "\\n" + child.pid + "\\n");
    while (!deadline.isReached()) await new Promise((resolve) => setTimeout(resolve, 10));
    this.params.saved = true;
    return false;
  }
}
export class Looping extends BackgroundTaskEx<{}> { static readonly actions = [Loops]; }
export class Pausing extends BackgroundTaskEx<{}> { static readonly actions = [Pauses]; }
`;

/** Milliseconds: the promised second, and what a busy machine adds to it. */
const SOON = 1_500;

describe("When the supervisor is killed", () => {
  let workspace: SupervisedFolder;

  beforeEach(async () => {
    workspace = await SupervisedFolder.create({ "works.task.ts": WORKS });
  });
  afterEach(() => workspace.remove());

  /** Ticks in another process, which is killed once the action is at work. Resolves when nothing of it is left. */
  async function killSupervisor(): Promise<void> {
    const run = new ProgramRun("tick", [workspace.directory]);
    await eventually("the action is executed", async () => (await workspace.lines("pids.txt")).length === 2);
    const pids = (await workspace.lines("pids.txt")).map(Number);
    assert.ok(pids.every(isAlive));
    run.kill();
    for (const pid of pids) await eventually(`process ${pid} is gone`, () => !isAlive(pid), SOON);
  }

  it("its worker is gone within a second, even in an endless loop, and the action is not to blame", async () => {
    const id = await workspace.createTask("Looping");

    await killSupervisor();

    const { status, actions } = await workspace.task(id);
    assert.deepEqual([status, actions[0]?.attempt, actions[0]?.error], ["paused", 1, undefined]);
    const told = await workspace.tick();
    assert.deepEqual([told.action("Loops").outcome, told.action("Loops").attempt], ["finished", 1]);
    assert.deepEqual(await workspace.lines("recovery.txt"), []);
  });

  it("its worker pauses and saves what it executes, where that looks at its deadline", async () => {
    const id = await workspace.createTask("Pausing");

    await killSupervisor();

    const { status, actions } = await workspace.task(id);
    assert.deepEqual([status, actions[0]?.params], ["paused", { saved: true }]);
  });
});
