import assert from "node:assert/strict";
import { SupervisedFolder } from "./support/supervised-folder.ts";

const TASKS = `
export class Hang extends BackgroundTaskExAction<{}> {
  static override readonly attemptTimeout = 300;
  override changeActionParamsOnError(error: ActionError) {
    appendFileSync("calls.txt", error.kind + " " + error.name + "\\n");
    return false;
  }
  async executeAction() {
    await fetchNothing(this.signal);
    return true;
  }
}
function fetchNothing(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const open = setInterval(() => {}, 1_000);
    signal.addEventListener("abort", () => { clearInterval(open); reject(signal.reason); });
  });
}
export class Spin extends Hang {
  async executeAction(): Promise<boolean> { for (;;); }
}
export class After extends BackgroundTaskExAction<{}> {
  executeAction() { appendFileSync("calls.txt", "after\\n"); return true; }
}
export class Hanging extends BackgroundTaskEx<{}> { static readonly actions = [Hang]; }
export class Spinning extends BackgroundTaskEx<{}> { static readonly actions = [Spin]; }
export class Other extends BackgroundTaskEx<{}> { static readonly actions = [After]; }
`;

describe("static attemptTimeout", () => {
  let workspace: SupervisedFolder;

  beforeEach(async () => {
    workspace = await SupervisedFolder.create({ "timeouts.task.ts": TASKS });
  });
  afterEach(() => workspace.remove());

  it("aborts the signal of a call that hangs, long before the end of the tick, and its recovery is called", async () => {
    await workspace.createTask("Hanging");
    const first = await workspace.tick({ maxExecutionTimeMs: 60_000 });
    assert.equal(first.action("Hang").outcome, "will-retry");
    assert.equal(first.action("Hang").error?.message, "Hang did not finish within the 300 ms of its attemptTimeout.");
    assert.deepEqual(first.of("worker-ended"), []);
    assert.ok(first.report.durationMs < 30_000, `${first.report.durationMs} ms`);
    await workspace.tick();
    assert.deepEqual(await workspace.lines("calls.txt"), ["timed-out TimeoutError"]);
  });

  it("ends the process of an action that does not react, after the grace, and the tick goes on with the other tasks", async () => {
    const id = await workspace.createTask("Spinning");
    await workspace.createTask("Other");
    const first = await workspace.tick({ supervisor: workspace.supervisor({ graceMs: 500 }), maxExecutionTimeMs: 60_000 });
    const { outcome, error } = first.action("Spin");
    assert.equal(outcome, "will-retry");
    assert.equal(error?.name, "TimeoutError");
    assert.match(
      error.message,
      /^Spin\.executeAction was still busy 0\.5 seconds after its attemptTimeout, so its process was terminated\./,
    );
    assert.equal(error.file, workspace.path("timeouts.task.ts"));
    assert.equal(first.report.outcome, "done");
    assert.ok(first.report.durationMs < 30_000, `${first.report.durationMs} ms`);
    assert.equal((await workspace.task(id)).actions[0]?.error?.kind, "timed-out");
    await workspace.tick();
    assert.deepEqual(await workspace.lines("calls.txt"), ["after", "timed-out TimeoutError"]);
  });
});
