import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, cp, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { CLI } from "./support/command.ts";

const LOOPS = `
import { writeFileSync } from "node:fs";
import { BackgroundTaskEx, BackgroundTaskExAction } from "background-task-ex";
export class Loop extends BackgroundTaskExAction<{}> {
  async executeAction(): Promise<boolean> { writeFileSync("pid", String(process.pid)); for (;;); }
}
export class Looping extends BackgroundTaskEx<{}> { static readonly actions = [Loop]; }
`;

/** Milliseconds. A worker without its watchdog would stay for ever, so this only has to be long enough for a slow machine. */
const PATIENCE = 20_000;

describe("A worker in an endless loop", () => {
  const directory = temporaryDirectory();
  let dist = "";
  let worker = 0;

  beforeEach(async () => {
    dist = join(directory(), "dist");
    await cp(dirname(CLI), dist, { recursive: true });
    await cp(join(process.cwd(), "package.json"), join(directory(), "package.json"));
    await symlink(join(process.cwd(), "node_modules"), join(directory(), "node_modules"), "junction");
    await writeFile(join(directory(), "loops.task.ts"), LOOPS);
  });
  afterEach(() => {
    if (worker > 0 && isAlive(worker)) process.kill(worker, "SIGKILL");
  });

  function start(...args: string[]): ChildProcess {
    return spawn(process.execPath, [join(dist, "cli.js"), ...args], { cwd: directory(), stdio: "ignore" });
  }

  async function workerPid(): Promise<number> {
    for (;;) {
      const pid = Number(await readFile(join(directory(), "pid"), "utf8").catch(() => ""));
      if (pid > 0) return pid;
      await delay(10);
    }
  }

  it("ends with its supervisor even after something has failed in its watchdog", async () => {
    const failing = 'setTimeout(() => { throw new Error("unexpected"); }); setTimeout(() => Promise.reject(new Error("unexpected")));';
    await appendFile(join(dist, "watchdog.js"), failing);
    assert.deepEqual(await once(start("create", "Looping"), "exit"), [0, null]);
    const tick = start("tick");
    worker = await workerPid();
    await delay(500);
    tick.kill("SIGKILL");
    for (const end = Date.now() + PATIENCE; isAlive(worker) && Date.now() < end; ) await delay(20);
    assert.ok(!isAlive(worker), `worker ${worker} outlives its supervisor`);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
