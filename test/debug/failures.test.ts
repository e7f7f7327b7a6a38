import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { notifications, requests } from "../../server/protocol/runner-protocol.ts";
import { DebuggedFolder } from "./support/debugged-folder.ts";

const TASKS = `
export class Halve extends BackgroundTaskExAction<{ size: number }> {
  static override maxAttempts = 3;
  override async changeActionParamsOnError() { this.params.size /= 2; return true; }
  async executeAction(): Promise<boolean> {
    appendFileSync("effects", this.params.size + " ");
    await check(this.params.size);
    return true;
  }
}
async function check(size: number): Promise<void> {
  await sleep(1);
  if (!existsSync("mended")) throw new RangeError(existsSync("other") ? "otherwise" : size + " is too much"); // thrown here
}
export class Chunks extends BackgroundTaskExAction<{ done: number }> {
  async *executeAction() {
    for (;;) {
      if (this.params.done === 2) throw new Error("the third chunk"); // third chunk
      appendFileSync("effects", this.params.done + " ");
      this.params.done++;
      yield;
    }
  }
}
export class After extends BackgroundTaskExAction {
  async executeAction(): Promise<boolean> { appendFileSync("effects", "after "); return true; }
}
export class Unready extends BackgroundTaskExAction<{ of: string }> {
  override async initActionParams(): Promise<boolean> { await sleep(1); throw new Error("not ready"); } // init
  async executeAction(): Promise<boolean> { return true; }
}
export class Unrecovered extends BackgroundTaskExAction {
  override async changeActionParamsOnError(error: { message: string; attempt: number }): Promise<boolean> {
    await sleep(1);
    throw new Error("after " + error.attempt + ": " + error.message); // recovery
  }
  async executeAction(): Promise<boolean> { throw new TypeError("at first"); }
}
export class Exit extends BackgroundTaskExAction {
  async executeAction(): Promise<boolean> { process.exit(3); }
}
export class Wait extends BackgroundTaskExAction {
  async executeAction({ signal }: Deadline) { while (!existsSync("released") && !signal.aborted) await sleep(5); return !signal.aborted; }
}
export class Halving extends BackgroundTaskEx<{ size: number }> { static actions = [Halve, After]; }
export class Chunking extends BackgroundTaskEx<{ done: number }> { static actions = [Chunks]; }
export class Unreadiness extends BackgroundTaskEx<{ of: string }> { static actions = [Unready]; }
export class Unrecovering extends BackgroundTaskEx { static actions = [Unrecovered]; }
export class Stopping extends BackgroundTaskEx<{ size: number }> {
  static override onActionFailed = "stop" as const;
  static actions = [Halve];
}
export class Exiting extends BackgroundTaskEx { static actions = [Exit]; }
export class Waiting extends BackgroundTaskEx { static actions = [Wait]; }
export class Lost extends BackgroundTaskEx<{ way: string }> {
  static actions = [After];
  override async getNextAction(): Promise<never> { await sleep(1); throw new Error("lost " + this.params.way); } // choice
}
`;

describe("A failure that is debugged", () => {
  let folder: DebuggedFolder;

  beforeEach(async () => {
    folder = await DebuggedFolder.open(TASKS);
  });

  afterEach(() => folder.close());

  const write = (name: string) => writeFile(folder.workspace.path(name), "");

  async function failed(className: string, params: object = {}, ticks = 1): Promise<{ readonly task: string; readonly action: string }> {
    const task = await folder.create(className, params);
    for (let tick = 0; tick < ticks; tick++) await folder.tick();
    return { task, action: (await folder.list()).find(({ id }) => id === task)?.actions.find(({ error }) => error)?.id ?? "" };
  }

  /** Debugs a failure to its end, which it comes to by itself. */
  async function debugged(task: string, action: string) {
    const launch = await folder.prepareFailure(task, action);
    const session = await folder.debug(launch);
    await folder.begin(launch);
    await session.ended();
    return folder.endFailure(launch);
  }

  it("stops where it was thrown after an await, with the params of that attempt, and leaves the store as it is, byte for byte", async () => {
    const { task, action } = await failed("Halving", { size: 64 }, 2);
    const before = await folder.stored();
    const launch = await folder.prepareFailure(task, action);
    assert.deepEqual([launch.name, launch.attempt, launch.thrown], ["Halve", 2, { message: "32 is too much" }]);
    const session = await folder.debug(launch, { uncaught: true });
    await folder.begin(launch);
    const stop = await session.stop();
    assert.match(stop.thrown ?? "", /RangeError: 32 is too much/);
    assert.deepEqual([stop.frames[0]?.line, stop.frames[0]?.file], Object.values(folder.line("// thrown here")).reverse());
    assert.equal(await session.evaluate(stop, "size"), 32);
    await session.resume();
    await session.ended();
    assert.deepEqual(await folder.endFailure(launch), {
      outcome: "failed-again",
      error: { name: "RangeError", message: "32 is too much" },
    });
    assert.deepEqual(await folder.stored(), before);
    assert.equal(await folder.workspace.read("effects"), "64 32 32 ");
  });

  it("loads no task file before the debugger knows where to stop", async () => {
    const { task, action } = await failed("Halving", { size: 64 });
    await folder.workspace.write("debugged.task.ts", `${folder.text}\nconsole.log("loaded");\n`);
    const launch = await folder.prepareFailure(task, action);
    const session = await folder.debug(launch);
    // Another worker starts, loads and ends in this time.
    await folder.tick();
    assert.equal(session.printed, "");
    await folder.begin(launch);
    await session.ended();
    await folder.endFailure(launch);
    assert.equal(session.printed, "loaded\n");
  });

  it("goes on where the attempt had saved last, as the next attempt would", async () => {
    const { task, action } = await failed("Chunking", { done: 0 });
    assert.equal((await debugged(task, action)).outcome, "failed-again");
    assert.equal(await folder.workspace.read("effects"), "0 1 ");
  });

  it("is found in the history, by its position there, and no other action is executed", async () => {
    const { task } = await failed("Halving", { size: 64 }, 3);
    const [entry] = await folder.history();
    assert.deepEqual([entry?.id, entry?.actions.map(({ outcome }) => outcome)], [task, ["failed", "finished"]]);
    const launch = await folder.prepareFailure(task, "0");
    assert.deepEqual([launch.name, launch.attempt, launch.thrown], ["Halve", 3, { message: "16 is too much" }]);
    const session = await folder.debug(launch);
    await folder.begin(launch);
    await session.ended();
    assert.equal((await folder.endFailure(launch)).outcome, "failed-again");
    assert.equal(await folder.workspace.read("effects"), "64 32 16 after 16 ");
  });

  it("is known again when its line has moved, and told from another one", async () => {
    const { task, action } = await failed("Chunking", { done: 0 });
    await folder.workspace.write(
      "debugged.task.ts",
      folder.text.replace('"the third chunk"', '"another"').replace("// third", "\n// third"),
    );
    assert.equal((await debugged(task, action)).outcome, "failed-again");
    await folder.workspace.write("debugged.task.ts", folder.text.replace("this.params.done === 2", 'JSON.parse("{")'));
    const { outcome, error } = await debugged(task, action);
    assert.deepEqual([outcome, error?.name], ["failed-differently", "SyntaxError"]);
  });

  it("says that it did not fail, and how its task may go on: by the next tick", async () => {
    const { task, action } = await failed("Halving", { size: 64 });
    await write("mended");
    assert.deepEqual(await debugged(task, action), { outcome: "passed", triedAgain: "by-next-tick" });
    assert.equal((await folder.list())[0]?.actions[0]?.error?.message, "64 is too much");
  });

  it("says that a task which waits for a person may be retried, and that one which has ended may not", async () => {
    const stopped = await failed("Stopping", { size: 64 }, 3);
    const ended = await failed("Halving", { size: 64 }, 3);
    await write("mended");
    assert.deepEqual(await debugged(stopped.task, stopped.action), { outcome: "passed", triedAgain: "on-request" });
    assert.deepEqual(await debugged(ended.task, "a1"), { outcome: "passed" });
  });

  it("calls initActionParams again where that had failed, and nothing after it", async () => {
    const { task, action } = await failed("Unreadiness", { of: "disk" });
    const launch = await folder.prepareFailure(task, action);
    const session = await folder.debug(launch, { uncaught: true });
    await folder.begin(launch);
    const stop = await session.stop();
    assert.equal(stop.frames[0]?.line, folder.line("// init").line);
    assert.equal(await session.evaluate(stop, "this.params.of"), "disk");
    await session.resume();
    await session.ended();
    assert.equal((await folder.endFailure(launch)).outcome, "failed-again");
  });

  it("calls changeActionParamsOnError again where that had failed, with what it was to recover from", async () => {
    const { task, action } = await failed("Unrecovering", {}, 2);
    const launch = await folder.prepareFailure(task, action);
    assert.equal(launch.thrown?.message, "after 1: at first");
    const session = await folder.debug(launch, { uncaught: true });
    await folder.begin(launch);
    const stop = await session.stop();
    assert.equal(stop.frames[0]?.line, folder.line("// recovery").line);
    await session.resume();
    await session.ended();
    assert.deepEqual(await folder.endFailure(launch), { outcome: "failed-again", error: { name: "Error", message: "after 1: at first" } });
  });

  it("calls getNextAction again where the task had failed as a whole", async () => {
    const { task } = await failed("Lost", { way: "home" });
    const launch = await folder.prepareFailure(task, "");
    assert.deepEqual([launch.name, launch.attempt], ["Lost", undefined]);
    const session = await folder.debug(launch, { uncaught: true });
    await folder.begin(launch);
    const stop = await session.stop();
    assert.equal(stop.frames[0]?.line, folder.line("// choice").line);
    await session.resume();
    await session.ended();
    assert.deepEqual(await folder.endFailure(launch), { outcome: "failed-again", error: { name: "Error", message: "lost home" } });
  });

  it("tells of a process that dies again, with nothing to stop at", async () => {
    const { task, action } = await failed("Exiting");
    const before = await folder.stored();
    const launch = await folder.prepareFailure(task, action);
    assert.equal(launch.thrown, undefined);
    const session = await folder.debug(launch);
    await folder.begin(launch);
    await session.ended();
    const { outcome, error } = await folder.endFailure(launch);
    assert.deepEqual([outcome, error?.name], ["failed-again", "ProcessExitError"]);
    assert.deepEqual(await folder.stored(), before);
  });

  it("comes to nothing when the person stops the debugger", async () => {
    const { task, action } = await failed("Halving", { size: 64 });
    const before = await folder.stored();
    const launch = await folder.prepareFailure(task, action);
    const session = await folder.debug(launch, { uncaught: true });
    await folder.begin(launch);
    await session.stop();
    session.kill();
    assert.deepEqual(await folder.endFailure(launch), { outcome: "stopped" });
    assert.deepEqual(await folder.stored(), before);
  });

  it("leaves nothing when no debugger comes", async () => {
    const { task, action } = await failed("Halving", { size: 64 });
    const launch = await folder.prepareFailure(task, action);
    assert.deepEqual(await folder.endFailure(launch), { outcome: "stopped" });
    await assert.rejects(folder.endFailure(launch), /no longer being debugged/);
  });

  it("needs no mutex: a tick goes on at the same time, and clients are shown nothing of it", async () => {
    const { task, action } = await failed("Halving", { size: 64 });
    const waiting = await folder.create("Waiting");
    const tick = folder.runner.request(requests.runTick, { folder: folder.folder, startedBy: "person", task: waiting });
    await folder.runner.until("the other task is executed", () => folder.runner.folder(folder.workspace.directory).tick?.current);
    const shown = folder.runner.folder(folder.workspace.directory).tick;
    const told = folder.runner.output.length;
    assert.equal((await debugged(task, action)).outcome, "failed-again");
    assert.deepEqual(folder.runner.folder(folder.workspace.directory).tick, shown);
    assert.deepEqual(folder.runner.output.slice(told), []);
    await write("released");
    await tick;
    assert.equal((await folder.history())[0]?.id, waiting);
  });

  it("is refused with the reason where there is none", async () => {
    const task = await folder.create("Waiting");
    await assert.rejects(folder.prepareFailure(task, "a1"), /Wait of task Waiting .* has no failed attempt/);
    await assert.rejects(folder.prepareFailure(task, "a7"), /has no action "a7"/);
    await assert.rejects(folder.prepareFailure(task, ""), /has not failed as a whole/);
    await assert.rejects(folder.prepareFailure("nobody", "a1"), /no task "nobody", neither stored nor in the history/);
  });

  it("is refused when its class is gone, by its name", async () => {
    const { task, action } = await failed("Chunking", { done: 0 });
    await folder.workspace.write("debugged.task.ts", folder.text.replace("class Chunks ", "class Pieces ").replace("[Chunks]", "[Pieces]"));
    const launch = await folder.prepareFailure(task, action);
    const session = await folder.debug(launch);
    await folder.begin(launch);
    await session.ended();
    await assert.rejects(folder.endFailure(launch), /No task file exports an action class Chunks/);
  });

  it("is refused in a workspace that is not trusted", async () => {
    const { task, action } = await failed("Halving", { size: 64 });
    await folder.runner.connection.sendNotification(notifications.trust, { trusted: false });
    await assert.rejects(folder.prepareFailure(task, action), /not trusted: cannot debug a failure/);
  });
});

describe("Where there is only the editor's own Node", () => {
  it("a debugged failure waits for the debugger to attach", async () => {
    const options = { editorNode: { path: process.execPath, env: { ELECTRON_RUN_AS_NODE: "1" } } };
    const folder = await DebuggedFolder.open(TASKS, { options, env: { HOME: "/nonexistent", SHELL: "/bin/false" } });
    try {
      const task = await folder.create("Halving", { size: 64 });
      await folder.tick();
      const launch = await folder.prepareFailure(task, "a1");
      assert.equal(launch.target.request, "attach");
      const session = await folder.debug(launch, { uncaught: true });
      await folder.begin(launch);
      assert.equal((await session.stop()).frames[0]?.line, folder.line("// thrown here").line);
      await session.resume();
      await session.ended();
      assert.equal((await folder.endFailure(launch)).outcome, "failed-again");
    } finally {
      await folder.close();
    }
  });
});
