import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { requests } from "../../server/protocol/runner-protocol.ts";
import { DebuggedFolder } from "./support/debugged-folder.ts";

const TASKS = `
export class Count extends BackgroundTaskExAction<{ total: number }> {
  async executeAction(deadline: Deadline) {
    const before = this.params.total; // counting begins
    this.params.total = before + 1;
    await sleep(1);
    console.log("reached", deadline.isReached(), "left", deadline.remaining()); // after the wait
    return !deadline.isReached();
  }
}
export class Stubborn extends BackgroundTaskExAction {
  override async changeActionParamsOnError() { appendFileSync("recoveries", "x"); return true; }
  async executeAction(deadline: Deadline) {
    await sleep(1);
    return !existsSync("endless") || !deadline.isReached() ? this.#go(deadline) : true; // stubborn
  }
  async #go({ signal }: Deadline) {
    this.reportProgress({ message: "going" });
    while (existsSync("endless") && !signal.aborted) await sleep(5);
    return !existsSync("endless");
  }
}
export class Fail extends BackgroundTaskExAction {
  static override maxAttempts = 2;
  async executeAction(): Promise<boolean> { await sleep(1); throw new TypeError("as ever"); }
}
export class Exit extends BackgroundTaskExAction {
  async executeAction(): Promise<boolean> { process.exit(3); }
}
export class Float extends BackgroundTaskExAction {
  async executeAction(): Promise<boolean> { void Promise.reject(new Error("floating")); await sleep(10_000); return true; }
}
export class Counting extends BackgroundTaskEx<{ total: number }> { static actions = [Count, Count]; }
export class Stubbornness extends BackgroundTaskEx { static actions = [Stubborn]; }
export class Failing extends BackgroundTaskEx { static actions = [Fail]; }
export class Exiting extends BackgroundTaskEx { static actions = [Exit]; }
export class Floating extends BackgroundTaskEx { static actions = [Float]; }
`;

const ENGINE = /\/\.?dist[^/]*\/[\w.-]+\.js$/;
/** Milliseconds of a tick and of what a busy worker is left alone after it. */
const BUDGET = 400;
const GRACE = 100;

describe("A debugged tick", () => {
  let folder: DebuggedFolder;

  beforeEach(async () => {
    folder = await DebuggedFolder.open(TASKS, { settings: () => ({ maxExecutionTime: BUDGET / 1_000, grace: GRACE / 1_000 }) });
  });

  afterEach(() => folder.close());

  it("stops at a breakpoint of a task file that was never bundled before, shows the author's variables, and goes on", async () => {
    const task = await folder.create("Counting", { total: 41 });
    const changed = folder.text.replace("// counting begins", "// counting begins, differently");
    await folder.workspace.write("debugged.task.ts", changed);
    const launch = await folder.prepare({ task });
    const session = await folder.debug(launch, { breakpoints: [folder.line("this.params.total = before + 1")] });
    const stop = await session.stop();
    assert.equal(stop.frames[0]?.line, folder.line("this.params.total = before + 1").line);
    assert.equal(await session.evaluate(stop, "before"), 41);
    assert.equal(folder.runner.folder(folder.workspace.directory).tick?.isDebugged, true);
    await session.resume();
    await session.stop();
    await session.resume();
    await session.ended();
    assert.equal((await folder.end(launch)).outcome, "done");
    const [entry] = await folder.history();
    assert.equal(entry?.outcome, "finished");
  });

  it("is not ended by its time, however long execution is stopped", async () => {
    await folder.create("Counting", { total: 0 });
    const launch = await folder.prepare();
    const session = await folder.debug(launch, { breakpoints: [folder.line("this.params.total = before + 1")] });
    await session.stop();
    // What has to pass is the time itself.
    await delay(BUDGET + GRACE + 500);
    await session.resume();
    await session.stop();
    await session.resume();
    await session.ended();
    await folder.end(launch);
    assert.match(session.printed, /reached false left 400/);
    assert.equal((await folder.history())[0]?.outcome, "finished");
  });

  it("shows what is printed to the debugger as it was printed, and to the client by its action", async () => {
    await folder.create("Counting", { total: 0 });
    const launch = await folder.prepare();
    const session = await folder.debug(launch);
    await session.ended();
    assert.equal(session.printed, "reached false left 400\n".repeat(2));
    const told = folder.runner.output
      .filter(({ output }) => output !== undefined)
      .map(({ output }) => [output?.action?.class, output?.text]);
    assert.deepEqual(told, Array(2).fill(["Count", "reached false left 400\n"]));
  });

  it("steps from action to action without a stop in the engine, and past the last line to the end", async () => {
    await folder.create("Counting", { total: 0 });
    const launch = await folder.prepare();
    const session = await folder.debug(launch, { breakpoints: [folder.line("return !deadline.isReached()")], skip: [ENGINE] });
    const lines: (number | undefined)[] = [];
    for (let stop = await session.stopOrEnd(); stop; stop = await session.stopOrEnd()) {
      if (stop.frames[0]?.line !== lines.at(-1)) lines.push(stop.frames[0]?.line);
      await session.stepOver();
    }
    const [last = 0, made = 0] = [folder.line("return !deadline").line, folder.line("class Count").line];
    const body = [folder.line("const before").line, folder.line("before + 1").line, folder.line("sleep(1)").line, last - 1, last];
    assert.deepEqual(lines, [last, made, ...new Set(body)]);
    assert.ok(session.hiddenSteps < 50, `${session.hiddenSteps} hidden steps take longer than a person waits.`);
    await folder.end(launch);
  });

  it("fails an action as a plain tick does: the same error, attempts and history", async () => {
    const task = await folder.create("Failing");
    await folder.tick();
    const [plain] = await folder.list();
    const launch = await folder.prepare({ task });
    await (await folder.debug(launch)).ended();
    const answer = await folder.end(launch);
    assert.equal(answer.failures, 1);
    const [entry] = await folder.history();
    assert.deepEqual(
      entry?.actions[0]?.attempts.map(({ error }) => error),
      Array(2).fill(entry?.actions[0]?.attempts[0]?.error),
    );
    assert.equal(plain?.actions[0]?.error?.message, "as ever");
  });

  it("leaves an action to the next tick as if it had paused, when the person stops the debugger", async () => {
    const task = await folder.create("Stubbornness");
    await folder.workspace.write("endless", "");
    const launch = await folder.prepare({ task });
    const session = await folder.debug(launch, { breakpoints: [folder.line("// stubborn")] });
    await session.stop();
    session.kill();
    assert.equal((await folder.end(launch)).outcome, "cancelled");
    const [left] = await folder.list();
    assert.deepEqual({ status: left?.status, attempt: left?.actions[0]?.attempt }, { status: "paused", attempt: 1 });
    await rm(folder.workspace.path("endless"));
    await folder.tick();
    assert.equal((await folder.history())[0]?.outcome, "finished");
    assert.equal(existsSync(folder.workspace.path("recoveries")), false);
  });

  it("ends when the debugger has gone and the worker goes on", async () => {
    await folder.create("Stubbornness");
    await folder.workspace.write("endless", "");
    const launch = await folder.prepare();
    const session = await folder.debug(launch);
    await folder.runner.until("the action is executed", () => folder.runner.folder(folder.workspace.directory).tick?.current);
    assert.equal((await folder.end(launch)).outcome, "cancelled");
    await session.ended();
  });

  it("is cancelled by the signal alone", async () => {
    await folder.create("Stubbornness");
    await folder.workspace.write("endless", "");
    const launch = await folder.prepare();
    const session = await folder.debug(launch);
    // Before that, it would see the deadline and finish.
    await folder.runner.until("the action goes on", () => folder.runner.folder(folder.workspace.directory).tasks[0]?.actions[0]?.progress);
    await folder.runner.request(requests.cancelTick, { folder: folder.folder });
    await session.ended();
    assert.equal((await folder.end(launch)).outcome, "cancelled");
    assert.equal((await folder.list())[0]?.status, "paused");
  });

  for (const [className, message] of [
    ["Exiting", /process\.exit\(3\) was called/],
    ["Floating", /^floating$/],
  ] as const) {
    it(`records a death of the task's own doing, and executes nothing further without the debugger: ${className}`, async () => {
      const task = await folder.create(className);
      const other = await folder.create("Counting", { total: 0 });
      const launch = await folder.prepare();
      await (await folder.debug(launch)).ended();
      await folder.end(launch);
      const tasks = await folder.list();
      assert.match(tasks.find(({ id }) => id === task)?.actions[0]?.error?.message ?? "", message);
      assert.equal(tasks.find(({ id }) => id === other)?.status, "created");
    });
  }

  it("is refused while another tick runs", async () => {
    await folder.create("Stubbornness");
    const launch = await folder.prepare();
    await assert.rejects(folder.prepare(), /A tick is running/);
    await folder.end(launch);
  });

  it("leaves nothing when no debugger comes", async () => {
    await folder.create("Stubbornness");
    const launch = await folder.prepare();
    assert.equal((await folder.end(launch)).outcome, "cancelled");
    assert.equal(folder.runner.folder(folder.workspace.directory).tick, null);
    const { args } = launch.target as { args: readonly string[] };
    await assert.rejects(knock(args[1] ?? "", ""), /ENOENT/);
    await folder.tick();
    assert.equal((await folder.history())[0]?.outcome, "finished");
  });

  it("gives its job to nobody who does not know the token", async () => {
    await folder.create("Stubbornness");
    const launch = await folder.prepare();
    const { args } = launch.target as { args: readonly string[] };
    const hello = JSON.stringify({ token: "guessed", purpose: "commands", pid: process.pid });
    assert.equal(await knock(args[1] ?? "", `${hello}\n`), "");
    await (await folder.debug(launch)).ended();
    assert.equal((await folder.end(launch)).outcome, "done");
  });
});

describe("Where there is only the editor's own Node", () => {
  let folder: DebuggedFolder;

  before(async () => {
    const options = { editorNode: { path: process.execPath, env: { ELECTRON_RUN_AS_NODE: "1" } } };
    folder = await DebuggedFolder.open(TASKS, { options, env: { HOME: "/nonexistent", SHELL: "/bin/false" } });
  });

  after(() => folder.close());

  it("a debugged tick waits for the debugger to attach", async () => {
    await folder.create("Counting", { total: 1 });
    const launch = await folder.prepare();
    assert.equal(launch.target.request, "attach");
    const session = await folder.debug(launch, { breakpoints: [folder.line("this.params.total = before + 1")] });
    const stop = await session.stop();
    assert.equal(await session.evaluate(stop, "before"), 1);
    await session.resume();
    await session.stop();
    await session.resume();
    await session.ended();
    assert.equal((await folder.end(launch)).outcome, "done");
  });
});

/** What a stranger is told who connects and says this. */
function knock(path: string, words: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let told = "";
    const socket = connect(path, () => socket.write(words));
    socket.setEncoding("utf8").on("data", (text: string) => {
      told += text;
    });
    socket.once("error", reject);
    socket.once("close", () => resolve(told));
  });
}
