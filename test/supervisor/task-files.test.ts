import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import type { LoadProblem } from "../../server/protocol/tick-event.ts";
import { SupervisedFolder } from "./support/supervised-folder.ts";

const WORKING = `
export class Works extends BackgroundTaskExAction<{}> {
  executeAction() { return true; }
}
export class Working extends BackgroundTaskEx<{}> { static readonly actions = [Works]; }
`;
const IDLE = WORKING.replaceAll("Work", "Idl");

describe("A task file that cannot be used", () => {
  let workspace: SupervisedFolder;

  beforeEach(async () => {
    workspace = await SupervisedFolder.create({ "working.task.ts": WORKING });
  });
  afterEach(() => workspace.remove());

  /** Puts the file beside a good one; the good one's task is executed, and the problem told once. */
  async function tickBeside(text: string, maxExecutionTimeMs = 30_000): Promise<LoadProblem> {
    await workspace.createTask("Working");
    await workspace.write("a-bad.task.ts", text);
    const told = await workspace.tick({ maxExecutionTimeMs });
    assert.deepEqual(
      told.report.tasks.map((task) => [task.class, task.status]),
      [["Working", "finished"]],
    );
    const [event, ...more] = told.of("load-problem");
    assert.ok(event, "the problem was told");
    assert.deepEqual(more, []);
    assert.equal(event.problem.file, workspace.path("a-bad.task.ts"));
    return event.problem;
  }

  it("because it does not compile, is told with line and column", async () => {
    const problem = await tickBeside("export const = 1;\n");
    assert.deepEqual([problem.during, problem.line, problem.column], ["build", 3, 14]);
  });

  it("because it throws at import, is told with line and column", async () => {
    const problem = await tickBeside("enum Colour { Red }\n\nthrow new TypeError('no ' + Colour[0] + ' here');\n");
    assert.deepEqual([problem.during, problem.name, problem.line, problem.column], ["import", "TypeError", 5, 7]);
    assert.match(problem.message, /no Red here/);
  });

  it("because it exits at import, is told with the line", async () => {
    const problem = await tickBeside("\nprocess.exit(4);\n");
    assert.deepEqual([problem.during, problem.name, problem.line], ["import", "ProcessExitError", 4]);
    assert.match(problem.message, /process\.exit\(4\) was called/);
  });

  it("because its import never comes back, is told with the line", async () => {
    const problem = await tickBeside("\nlet n = 0;\nfor (;;) n += Math.random();\n", 40_000);
    assert.deepEqual([problem.during, problem.name, problem.line], ["import", "TimeoutError", 5]);
  });

  it("is among what the workspace is described by", async () => {
    await workspace.write("a-bad.task.ts", "process.exit(4);\n");
    const { classes, problems } = await workspace.supervisor().describe();
    assert.deepEqual(classes.map(({ kind, name }) => `${kind} ${name}`).sort(), ["action Works", "task Working"]);
    assert.deepEqual(
      problems.map(({ file, during }) => [file, during]),
      [[workspace.path("a-bad.task.ts"), "import"]],
    );
  });
});

describe("A class that ticks cannot use", () => {
  let workspace: SupervisedFolder;

  beforeEach(async () => {
    workspace = await SupervisedFolder.create({ "working.task.ts": WORKING, "idle.task.ts": IDLE });
  });
  afterEach(() => workspace.remove());

  it("because it is gone: its tasks are kept, with the reason, and the others are executed", async () => {
    const id = await workspace.createTask("Working");
    await workspace.createTask("Idling");
    await rm(workspace.path("working.task.ts"));

    const told = await workspace.tick();

    assert.deepEqual(
      told.report.tasks.map((task) => [task.class, task.status]),
      [["Idling", "finished"]],
    );
    const kept = await workspace.task(id);
    assert.equal(kept.status, "created");
    assert.match(kept.problem ?? "", /Working/);
    assert.match(told.of("warning")[0]?.message ?? "", /Working/);

    await workspace.write("working.task.ts", WORKING);
    assert.equal((await workspace.tick()).action("Works").outcome, "finished");
  });

  it("because two files export one of its name: its tasks are kept, with both files named", async () => {
    const id = await workspace.createTask("Working");
    await workspace.write("working-too.task.ts", WORKING);

    const told = await workspace.tick();

    assert.deepEqual(told.report.tasks, []);
    const { status, problem = "" } = await workspace.task(id);
    assert.equal(status, "created");
    for (const file of ["working.task.ts", "working-too.task.ts"]) assert.ok(problem.includes(file), problem);
  });
});

describe("The creation of a task", () => {
  let workspace: SupervisedFolder;

  before(async () => {
    workspace = await SupervisedFolder.create({
      "working.task.ts": WORKING,
      "throws.task.ts": `
export class ThrowsAtCreation extends BackgroundTaskEx<{}> {
  createActions(): never {
    throw new RangeError("no actions today");
  }
}
export class ExitsAtCreation extends BackgroundTaskEx<{}> {
  createActions(): never {
    process.exit(5);
  }
}
`,
    });
  });
  after(() => workspace.remove());

  it("of a class that is not there is refused, with the one that may be meant", async () => {
    await assert.rejects(workspace.createTask("Workin"), { name: "InputError", message: /Working/ });
  });

  it("fails with the line at which createActions throws, and stores nothing", async () => {
    await assert.rejects(workspace.createTask("ThrowsAtCreation"), (error: Error & { record: { file: string; line: number } }) => {
      assert.equal(error.name, "RangeError");
      assert.equal(error.record.file, workspace.path("throws.task.ts"));
      assert.equal(error.record.line, 6);
      return true;
    });
    assert.deepEqual(await workspace.tasks(), []);
  });

  it("fails when createActions ends the process", async () => {
    await assert.rejects(workspace.createTask("ExitsAtCreation"), (error: Error & { record: { line: number } }) => {
      assert.match(error.message, /^process\.exit\(5\) was called/);
      assert.equal(error.record.line, 11);
      return true;
    });
  });
});
