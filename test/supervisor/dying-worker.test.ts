import assert from "node:assert/strict";
import { SupervisedFolder, type ToldTick } from "./support/supervised-folder.ts";

const DIES = `
export class Exits extends BackgroundTaskExAction<{}> {
  executeAction(): boolean {
    process.exit(3);
  }
}
export class ExitsLate extends BackgroundTaskExAction<{}> {
  async executeAction() {
    await new Promise((resolve) => setTimeout(resolve, 300));
    process.exit(5);
    return true;
  }
}
export class RunsOutOfMemory extends BackgroundTaskExAction<{}> {
  executeAction() {
    const kept: unknown[] = [];
    for (;;) kept.push(new Array(1_000).fill(kept.length));
    return true;
  }
}
export class RejectsUnhandled extends BackgroundTaskExAction<{}> {
  async executeAction() {
    void this.#forgotten();
    await new Promise((resolve) => setTimeout(resolve, 60_000));
    return true;
  }
  async #forgotten() {
    await null;
    throw new TypeError("nobody waits for this");
  }
}
export class ThrowsInTimer extends BackgroundTaskExAction<{}> {
  async executeAction() {
    setTimeout(() => {
      throw new RangeError("out of the blue");
    }, 10);
    await new Promise((resolve) => setTimeout(resolve, 60_000));
    return true;
  }
}
export class KillsItself extends BackgroundTaskExAction<{}> {
  executeAction() {
    process.kill(process.pid, "SIGKILL");
    for (;;);
    return true;
  }
}
export class Works extends BackgroundTaskExAction<{}> {
  executeAction() { return true; }
}
export class Exiting extends BackgroundTaskEx<{}> { static readonly actions = [Works, Exits, Works]; }
export class Late extends BackgroundTaskEx<{}> { static readonly actions = [ExitsLate]; }
export class Hoarding extends BackgroundTaskEx<{}> { static readonly actions = [RunsOutOfMemory]; }
export class Rejecting extends BackgroundTaskEx<{}> { static readonly actions = [RejectsUnhandled]; }
export class Throwing extends BackgroundTaskEx<{}> { static readonly actions = [ThrowsInTimer]; }
export class Killed extends BackgroundTaskEx<{}> { static readonly actions = [KillsItself]; }
export class Choosing extends BackgroundTaskEx<{}> {
  getNextAction(): never { process.exit(4); }
}
export class Working extends BackgroundTaskEx<{}> { static readonly actions = [Works]; }
`;

const LINES = DIES.split("\n");
/** 1-based, in the file with its two lines of imports. */
const lineOf = (text: string) => LINES.findIndex((line) => line.includes(text)) + 3;

describe("A worker that dies under an action", () => {
  let workspace: SupervisedFolder;

  beforeEach(async () => {
    workspace = await SupervisedFolder.create({ "dies.task.ts": DIES });
  });
  afterEach(() => workspace.remove());

  /** The action fails, and the task after it is executed in the same tick all the same. */
  async function tickWithTaskAfter(className: string, options: { execArgv?: string[] } = {}): Promise<ToldTick> {
    const id = await workspace.createTask(className);
    await workspace.createTask("Working");
    const told = await workspace.tick({ supervisor: workspace.supervisor(options) });
    assert.deepEqual(
      told.report.tasks.map((task) => [task.class, task.status]),
      [
        [className, "running"],
        ["Working", "finished"],
      ],
    );
    assert.equal(told.report.outcome, "done");
    assert.equal((await workspace.task(id)).actions.find(({ error }) => error)?.error?.kind, "process-died");
    assert.deepEqual(
      told.of("worker-ended").map(({ reason, goesOn }) => ({ reason, goesOn })),
      [{ reason: "died", goesOn: true }],
    );
    return told;
  }

  it("by process.exit: the error names the exit code and the line", async () => {
    const told = await tickWithTaskAfter("Exiting");
    const { outcome, error } = told.action("Exits");
    assert.equal(outcome, "will-retry");
    assert.match(error?.message ?? "", /process\.exit\(3\) was called/);
    assert.equal(error?.file, workspace.path("dies.task.ts"));
    assert.equal(error?.line, lineOf("process.exit(3)"));
    assert.deepEqual(
      told.actions("Works").map((action) => action.outcome),
      ["finished", "finished"],
      "what came before it counts",
    );
  });

  it("late: the attempt has the duration that it took", async () => {
    const id = await workspace.createTask("Late");
    await workspace.tick();
    await workspace.tick();
    const durations = (await workspace.task(id)).actions[0]?.attempts.map(({ durationMs }) => durationMs) ?? [];
    assert.equal(durations.length, 2);
    // Timers may fire a little early.
    for (const duration of durations) assert.ok(duration >= 290, `${duration} ms`);
  });

  it("in getNextAction: no action is to blame, so the task waits as failed, and the next tick is not held up again", async () => {
    const id = await workspace.createTask("Choosing");
    await workspace.createTask("Working");
    const { report } = await workspace.tick();
    assert.deepEqual(
      report.tasks.map((task) => [task.class, task.status]),
      [
        ["Choosing", "failed"],
        ["Working", "finished"],
      ],
    );
    assert.match(report.tasks[0]?.error?.message ?? "", /process\.exit\(4\) was called/);
    assert.equal((await workspace.task(id)).error?.line, lineOf("process.exit(4)"));
    assert.deepEqual((await workspace.tick()).of("worker-ended"), []);
  });

  it("by an unhandled rejection: the error is the one that was rejected with, at its line", async () => {
    const { error } = (await tickWithTaskAfter("Rejecting")).action("RejectsUnhandled");
    assert.equal(error?.name, "TypeError");
    assert.equal(error?.message, "nobody waits for this");
    assert.equal(error?.line, lineOf("nobody waits for this"));
  });

  it("by an uncaught exception in a timer: the error is the one that was thrown, at its line", async () => {
    const { error } = (await tickWithTaskAfter("Throwing")).action("ThrowsInTimer");
    assert.equal(error?.name, "RangeError");
    assert.equal(error?.line, lineOf("out of the blue"));
  });

  it("of lack of memory: the error says so", async () => {
    const told = await tickWithTaskAfter("Hoarding", { execArgv: ["--max-old-space-size=80"] });
    const { error } = told.action("RunsOutOfMemory");
    assert.equal(error?.name, "OutOfMemoryError");
    assert.match(error?.message ?? "", /ran out of memory during RunsOutOfMemory\.executeAction/);
  });

  it("by a signal: the error names it", async function () {
    if (process.platform === "win32") this.skip();
    const { error } = (await tickWithTaskAfter("Killed")).action("KillsItself");
    assert.equal(error?.name, "ProcessKilledError");
    assert.match(error?.message ?? "", /SIGKILL/);
  });

  it("has its end told to those who follow the events", async () => {
    const told = await tickWithTaskAfter("Exiting");
    const ends = told.of("action-ended").map(({ action }) => `${action.class} ${action.outcome}`);
    assert.deepEqual(ends.sort(), ["Exits will-retry", "Works finished", "Works finished"]);
    assert.equal(told.of("task-ended").length, 2);
  });
});

describe("A worker that cannot begin", () => {
  it("is an error that names the Node that was not found", async () => {
    const workspace = await SupervisedFolder.create({});
    try {
      const nodePath = workspace.path("no-such-node");
      await assert.rejects(workspace.tick({ supervisor: workspace.supervisor({ nodePath }) }), (error: Error) => {
        assert.equal(error.name, "WorkerStartError");
        assert.ok(error.message.includes(nodePath), error.message);
        return true;
      });
    } finally {
      await workspace.remove();
    }
  });

  it("is an error with what it said, when Node refuses its options", async () => {
    const workspace = await SupervisedFolder.create({});
    try {
      await assert.rejects(workspace.tick({ supervisor: workspace.supervisor({ execArgv: ["--no-such-option"] }) }), /no-such-option/);
    } finally {
      await workspace.remove();
    }
  });
});
