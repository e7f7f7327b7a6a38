import assert from "node:assert/strict";
import type { TickReport } from "../../server/service/index.ts";
import { eventually } from "./support/eventually.ts";
import { ProgramRun } from "./support/program-run.ts";
import { SupervisedFolder } from "./support/supervised-folder.ts";

const WORKS = `
export class Waits extends BackgroundTaskExAction<{}> {
  executeAction() {
    appendFileSync("calls.txt", "begin\\n");
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 6_000);
    appendFileSync("calls.txt", "end\\n");
    return true;
  }
}
export class Fails extends BackgroundTaskExAction<{ file: string }> {
  static override readonly maxAttempts = 1;
  executeAction(): boolean {
    appendFileSync("calls.txt", "fails\\n");
    throw new Error("fails");
  }
}
export class Works extends BackgroundTaskExAction<{}> {
  executeAction() { appendFileSync("calls.txt", this.task.name + "\\n"); return true; }
}
export class Polite extends BackgroundTaskExAction<{}> {
  async executeAction(deadline: Deadline) {
    appendFileSync("calls.txt", "polite\\n");
    while (!deadline.isReached()) await new Promise((resolve) => setTimeout(resolve, 5));
    return false;
  }
}
export class Waiting extends BackgroundTaskEx<{}> { static readonly actions = [Waits]; }
export class Failing extends BackgroundTaskEx<{ file: string }> {
  static override readonly onActionFailed = "stop";
  static readonly actions = [Fails];
}
export class Working extends BackgroundTaskEx<{}> { static readonly actions = [Works]; }
export class BeingPolite extends BackgroundTaskEx<{}> { static readonly actions = [Polite]; }
`;

describe("Many processes on one workspace", () => {
  let workspace: SupervisedFolder;

  beforeEach(async () => {
    workspace = await SupervisedFolder.create({ "works.task.ts": WORKS });
  });
  afterEach(() => workspace.remove());

  it("never execute an action in two of them: 8 processes, 50 ticks each", async function () {
    this.timeout(240_000);
    await new ProgramRun("embedded-ticks", [workspace.directory, "create"]).lines;

    const runs = Array.from({ length: 8 }, () => new ProgramRun("embedded-ticks", [workspace.directory, "50"]));
    const outcomes = (await Promise.all(runs.map((run) => run.lines))).flat();

    assert.equal(outcomes.filter((outcome) => outcome === "done").length, 400);
    assert.ok(outcomes.includes("locked"), "they met each other");
    assert.deepEqual(await workspace.lines("overlaps.txt"), []);
    assert.equal((await workspace.lines("executions.txt")).length, 400);
    const [task] = await workspace.tasks();
    assert.equal(task?.ticks, 400);
    assert.deepEqual(task?.actions[0]?.params, { ticks: 400 }, "nothing that an execution saved is lost");
  });

  it("share the work when their supervisors tick at once", async function () {
    this.timeout(120_000);
    for (let n = 1; n <= 5; n++) await workspace.createTask({ class: "Working", params: {}, name: `task ${n}` });

    const runs = Array.from({ length: 3 }, () => new ProgramRun("tick", [workspace.directory, "3"]));
    const reports = (await Promise.all(runs.map((run) => run.lines))).flat().map((line): TickReport => JSON.parse(line));

    assert.equal(reports.length, 9);
    assert.deepEqual((await workspace.lines("calls.txt")).sort(), ["task 1", "task 2", "task 3", "task 4", "task 5"]);
    assert.deepEqual(await workspace.tasks(), []);
    assert.equal((await workspace.history()).length, 5);
  });

  it("do not take the mutex from one whose event loop is blocked", async function () {
    this.timeout(120_000);
    await workspace.createTask("Waiting");
    const run = new ProgramRun("tick", [workspace.directory]);
    await eventually("the action is executed", async () => (await workspace.lines("calls.txt")).includes("begin"));

    let locked = 0;
    while (!(await workspace.lines("calls.txt")).includes("end")) {
      const { report } = await workspace.tick();
      if (report.outcome === "locked") locked++;
      else assert.ok((await workspace.lines("calls.txt")).includes("end"), "nobody got the mutex before the end");
    }
    assert.ok(locked >= 1);
    await run.lines;
    assert.deepEqual(await workspace.lines("calls.txt"), ["begin", "end"]);
  });

  it("take what one asks for into the tick of another: tasks created, retried, held and let go again", async function () {
    this.timeout(120_000);
    const failed = await workspace.createTask({ class: "Failing", params: { file: "x" } });
    const held = await workspace.createTask({ class: "Working", params: {}, name: "held" });
    await workspace.submit({ kind: "pause", task: held });
    await workspace.tick();
    assert.equal((await workspace.task(failed)).status, "failed");
    assert.equal((await workspace.task(held)).held, true);
    const polite = await workspace.createTask({ class: "BeingPolite", params: {}, type: "interactive" });

    const run = new ProgramRun("tick", [workspace.directory]);
    await eventually("the action is executed", async () => (await workspace.lines("calls.txt")).includes("polite"));
    const created = await workspace.createTask({ class: "Working", params: {}, name: "created meanwhile" });
    await workspace.submit({ kind: "retry", task: failed });
    await workspace.submit({ kind: "resume", task: held });
    await workspace.submit({ kind: "pause", task: polite });
    const [report] = (await run.lines).map((line): TickReport => JSON.parse(line));

    assert.equal(report?.outcome, "done");
    assert.deepEqual(
      report?.tasks.map(({ id, status }) => [id, status]),
      [
        [polite, "paused"],
        [failed, "failed"],
        [held, "finished"],
        [created, "finished"],
      ],
    );
    assert.deepEqual(await workspace.lines("calls.txt"), ["fails", "polite", "fails", "held", "created meanwhile"]);
    assert.equal((await workspace.task(polite)).held, true);
  });
});
