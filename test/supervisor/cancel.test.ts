import assert from "node:assert/strict";
import { eventually } from "./support/eventually.ts";
import { SupervisedFolder } from "./support/supervised-folder.ts";

const WORKS = `
export class Polite extends BackgroundTaskExAction<{ turns: number }> {
  async executeAction(deadline: Deadline) {
    appendFileSync("calls.txt", "polite\\n");
    while (!deadline.isReached()) {
      this.params.turns++;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return false;
  }
}
export class Deaf extends BackgroundTaskExAction<{}> {
  changeActionParamsOnError(): boolean {
    appendFileSync("calls.txt", "recovery\\n");
    return true;
  }
  executeAction() {
    appendFileSync("calls.txt", "deaf\\n");
    for (;;);
    return true;
  }
}
export class Works extends BackgroundTaskExAction<{}> {
  executeAction() { appendFileSync("calls.txt", "works\\n"); return true; }
}
export class BeingPolite extends BackgroundTaskEx<{ turns: number }> { static readonly actions = [Polite, Works]; }
export class BeingDeaf extends BackgroundTaskEx<{}> { static readonly actions = [Deaf, Works]; }
export class Working extends BackgroundTaskEx<{}> { static readonly actions = [Works]; }
`;

describe("Stopping what a tick executes", () => {
  let workspace: SupervisedFolder;

  beforeEach(async () => {
    workspace = await SupervisedFolder.create({ "works.task.ts": WORKS });
  });
  afterEach(() => workspace.remove());

  /** Starts a tick and waits until the action is at work. */
  async function during(call: string, options: { signal?: AbortSignal; graceMs?: number } = {}) {
    const { signal, graceMs = 20_000 } = options;
    const supervisor = workspace.supervisor({ graceMs });
    const tick = workspace.tick({ supervisor, maxExecutionTimeMs: 120_000, ...(signal && { signal }) });
    await eventually(`${call} is executed`, async () => (await workspace.lines("calls.txt")).includes(call));
    return { supervisor, tick };
  }

  const createPolite = () => workspace.createTask({ class: "BeingPolite", params: { turns: 0 } });

  describe("by cancelling the tick", () => {
    it("pauses and saves an action that looks at its deadline", async () => {
      const id = await createPolite();
      const cancel = new AbortController();
      const { tick } = await during("polite", { signal: cancel.signal });
      cancel.abort();
      const { report } = await tick;
      assert.equal(report.outcome, "cancelled");
      assert.deepEqual(
        report.tasks.map((task) => [task.status, ...task.actions.map(({ outcome }) => outcome)]),
        [["paused", "paused"]],
      );
      const { status, actions } = await workspace.task(id);
      assert.equal(status, "paused");
      const params = actions[0]?.params as { turns: number } | undefined;
      assert.ok(params && params.turns > 0);
    });

    it("ends a worker that does not obey within the grace, and the action is not to blame", async () => {
      const id = await workspace.createTask("BeingDeaf");
      const cancel = new AbortController();
      const { tick } = await during("deaf", { signal: cancel.signal, graceMs: 300 });
      cancel.abort();
      const told = await tick;
      assert.equal(told.report.outcome, "cancelled");
      assert.equal(told.action("Deaf").outcome, "paused");
      assert.equal(told.of("task-ended").length, 1);
      const { status, actions } = await workspace.task(id);
      assert.equal(status, "paused");
      assert.equal(actions[0]?.attempt, 1);
      assert.equal(actions[0]?.error, undefined);
    });

    it("is what closing the supervisor does", async () => {
      const id = await createPolite();
      const { supervisor, tick } = await during("polite");
      await supervisor.close();
      assert.equal((await tick).report.outcome, "cancelled");
      assert.equal((await workspace.task(id)).status, "paused");
      await assert.rejects(supervisor.tick(), /closed/);
    });
  });

  describe("by a request from another process", () => {
    it("cancels a task whose action looks at its deadline, and the tick goes on", async () => {
      const id = await createPolite();
      await workspace.createTask("Working");
      const { tick } = await during("polite");
      await workspace.submit({ kind: "cancel", task: id });
      const { report } = await tick;
      assert.deepEqual(
        report.tasks.map((task) => [task.class, task.status]),
        [
          ["BeingPolite", "cancelled"],
          ["Working", "finished"],
        ],
      );
      const entry = (await workspace.history()).find((candidate) => candidate.id === id);
      assert.equal(entry?.outcome, "cancelled");
      assert.deepEqual(
        entry?.actions.map(({ outcome }) => outcome),
        ["cancelled", "not-started"],
      );
    });

    it("cancels a task whose action never looks up, after the grace, and the tick goes on", async () => {
      const id = await workspace.createTask("BeingDeaf");
      await workspace.createTask("Working");
      const { tick } = await during("deaf", { graceMs: 300 });
      await workspace.submit({ kind: "cancel", task: id });
      const { report } = await tick;
      assert.deepEqual(
        report.tasks.map((task) => [task.class, task.status, ...task.actions.map(({ outcome }) => outcome)]),
        [
          ["BeingDeaf", "cancelled", "cancelled"],
          ["Working", "finished", "finished"],
        ],
      );
      const entry = (await workspace.history()).find((candidate) => candidate.id === id);
      assert.deepEqual(
        entry?.actions.map(({ outcome }) => outcome),
        ["cancelled", "not-started"],
      );
      assert.ok(!(await workspace.lines("calls.txt")).includes("recovery"));
    });

    it("holds a task that never looks up, and that is not counted as an attempt", async () => {
      const id = await workspace.createTask("BeingDeaf");
      await workspace.createTask("Working");
      const { tick } = await during("deaf", { graceMs: 300 });
      await workspace.submit({ kind: "pause", task: id });
      const told = await tick;
      assert.equal(told.action("Deaf").outcome, "paused");
      assert.equal(told.action("Works").outcome, "finished");
      const { status, held, actions } = await workspace.task(id);
      assert.deepEqual([status, held, actions[0]?.attempt, actions[0]?.error], ["paused", true, 1, undefined]);
    });
  });
});
