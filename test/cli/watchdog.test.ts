import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { access, appendFile, cp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { CLI, runCommand } from "./support/command.ts";

const LOOPS = `
import { closeSync, writeFileSync } from "node:fs";
import { BackgroundTaskEx, BackgroundTaskExAction } from "background-task-ex";
export class Loop extends BackgroundTaskExAction<{}> {
  async executeAction(): Promise<boolean> { writeFileSync("pid", String(process.pid)); for (;;); }
}
export class Looping extends BackgroundTaskEx<{}> { static readonly actions = [Loop]; }
export class Close extends BackgroundTaskExAction<{}> {
  async executeAction(): Promise<boolean> { closeSync(4); for (;;); }
}
export class Closing extends BackgroundTaskEx<{}> { static readonly actions = [Close]; }
writeFileSync("imported", "");
`;

/** Milliseconds. A worker without its watchdog would stay for ever, so this only has to be long enough for a slow machine. */
const PATIENCE = 20_000;

describe("A worker in an endless loop", () => {
  const directory = temporaryDirectory();
  let dist = "";
  let worker = 0;

  beforeEach(async () => {
    dist = await ownBuild(directory());
  });
  afterEach(() => {
    if (worker > 0 && isAlive(worker)) process.kill(worker, "SIGKILL");
  });

  function start(...args: string[]): ChildProcess {
    return spawn(process.execPath, [join(dist, "cli.js"), ...args], { cwd: directory(), stdio: "ignore" });
  }

  function run(...args: string[]) {
    return runCommand(args, { cwd: directory(), cli: join(dist, "cli.js") });
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

  it("is ended by its supervisor when its watchdog has ended", async () => {
    assert.equal((await run("create", "Closing")).code, 0);
    const { code, stderr } = await run("tick");
    assert.equal(code, 1);
    assert.match(stderr, /The thread that watches the process ended during Close\.executeAction, so the process was terminated/);
  });
});

describe("A worker whose watchdog does not start", () => {
  const directory = temporaryDirectory();
  let dist = "";

  beforeEach(async () => {
    dist = await ownBuild(directory());
  });

  const BROKEN = {
    "is missing": (file: string) => rm(file),
    "fails at once": (file: string) => writeFile(file, 'throw new Error("half written");'),
  };
  for (const [how, breakIt] of Object.entries(BROKEN)) {
    it(`executes no user code, and says what to do, when its file ${how}`, async () => {
      await breakIt(join(dist, "watchdog.js"));
      for (const command of [["create", "Looping"], ["tick"]]) {
        const { code, stderr } = await runCommand(command, { cwd: directory(), cli: join(dist, "cli.js") });
        assert.equal(code, 1, stderr);
        assert.match(stderr, /Cannot start \S+watchdog\.js, which ends the tick's process with its supervisor: .*try again/s);
        assert.doesNotMatch(stderr, /bug|threw/);
      }
      await assert.rejects(access(join(directory(), "imported")));
    });
  }
});

/** A copy of the product in the directory, which a test may change, with the task file beside it. Returns its `dist`. */
async function ownBuild(directory: string): Promise<string> {
  const dist = join(directory, "dist");
  await cp(dirname(CLI), dist, { recursive: true });
  await cp(join(process.cwd(), "package.json"), join(directory, "package.json"));
  await symlink(join(process.cwd(), "node_modules"), join(directory, "node_modules"), "junction");
  await writeFile(join(directory, "loops.task.ts"), LOOPS);
  return dist;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
