import assert from "node:assert/strict";
import { SupervisedFolder } from "./support/supervised-folder.ts";

const LOOPS = `
export class Loops extends BackgroundTaskExAction<{ stop?: boolean }> {
  async changeActionParamsOnError(error: ActionError) {
    appendFileSync("calls.txt", error.kind + " attempt " + error.attempt + "\\n");
    this.params.stop = true;
    return true;
  }
  async executeAction() {
    let sum = 0;
    while (!this.params.stop) {
      sum += Math.sqrt(sum + 1); // line 13
    }
    return true;
  }
}
export class After extends BackgroundTaskExAction<{}> {
  executeAction() { appendFileSync("calls.txt", "after\\n"); return true; }
}
export class Looping extends BackgroundTaskEx<{}> { static readonly actions = [Loops, After]; }
export class NeverSettles extends BackgroundTaskExAction<{}> {
  executeAction() { return new Promise<boolean>(() => {}); }
}
export class Waiting extends BackgroundTaskEx<{}> { static readonly actions = [NeverSettles]; }
`;

describe("An action that is still busy after the deadline", () => {
  let workspace: SupervisedFolder;

  before(async () => {
    workspace = await SupervisedFolder.create({ "loops.task.ts": LOOPS });
  });
  after(() => workspace.remove());

  it("is ended at deadline and grace when it is an endless loop, with the line it was at, and recovers in the next tick", async () => {
    const id = await workspace.createTask("Looping");

    const first = await workspace.tick({ supervisor: workspace.supervisor({ graceMs: 1_000 }), maxExecutionTimeMs: 6_000 });

    const { outcome, error } = first.action("Loops");
    assert.equal(outcome, "will-retry");
    assert.equal(error?.name, "TimeoutError");
    assert.match(error.message, /Loops\.executeAction was still busy 1 second after the deadline/);
    assert.equal(error.file, workspace.path("loops.task.ts"));
    assert.ok(error.line === 12 || error.line === 13, `line ${error.line}`);
    assert.equal(first.report.outcome, "time-budget-spent");
    assert.ok(first.report.durationMs >= 7_000, `${first.report.durationMs} ms`);
    assert.deepEqual(
      first.of("worker-ended").map(({ reason, goesOn }) => ({ reason, goesOn })),
      [{ reason: "timed-out", goesOn: true }],
    );
    assert.equal((await workspace.task(id)).actions[0]?.error?.kind, "timed-out");

    const second = await workspace.tick();

    assert.deepEqual(await workspace.lines("calls.txt"), ["timed-out attempt 1", "after"]);
    assert.equal(second.action("Loops").outcome, "finished");
    assert.equal(second.action("Loops").attempt, 2);
    assert.equal((await workspace.history())[0]?.outcome, "finished");
  });

  it("is ended as well when it waits for something that never comes", async () => {
    await workspace.createTask("Waiting");

    const told = await workspace.tick({ supervisor: workspace.supervisor({ graceMs: 300 }), maxExecutionTimeMs: 4_000 });

    assert.equal(told.action("NeverSettles").outcome, "will-retry");
    assert.equal(told.action("NeverSettles").error?.name, "TimeoutError");
    assert.equal(told.report.outcome, "time-budget-spent");
  });
});
