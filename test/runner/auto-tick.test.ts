import assert from "node:assert/strict";
import { requests } from "../../server/protocol/runner-protocol.ts";
import { eventually } from "../supervisor/support/eventually.ts";
import { RunnerClient, uriOf } from "./support/runner-client.ts";
import { TaskWorkspace } from "./support/task-workspace.ts";

const WORK = `
export class Work extends BackgroundTaskExAction<{}> {
  executeAction() { return true; }
}
export class Working extends BackgroundTaskEx<{}> { static readonly actions = [Work]; }
`;

const EVERY_SECOND = `
export class Beat extends BackgroundTaskExAction<{}> {
  executeAction() { return true; }
}
export class Beating extends BackgroundTaskEx<{}> {
  static readonly schedule = every(1_000);
  static readonly actions = [Beat];
}
`;

const broken = (fails: boolean) => `
export class Mend extends BackgroundTaskExAction<{}> {
  static readonly retryDelay = 3_600_000;
  executeAction() {
    if (${fails}) throw new Error("not yet");
    return true;
  }
}
export class Mending extends BackgroundTaskEx<{}> { static readonly actions = [Mend]; }
`;

const LIMITED = `
import { limit } from "../lib/limit.ts";
export class Limit extends BackgroundTaskExAction<{}> {
  static readonly retryDelay = 3_600_000;
  executeAction() {
    if (limit === 0) throw new Error("nothing is allowed");
    return true;
  }
}
export class Limiting extends BackgroundTaskEx<{}> { static readonly actions = [Limit]; }
`;
const limit = (value: number) => `export const limit = ${value};`;

describe("Automatic ticks", () => {
  let workspace: TaskWorkspace;
  let client: RunnerClient;
  let autoTick: string;

  const folder = () => uriOf(workspace.directory);
  const state = () => client.folder(workspace.directory);

  async function start(files: Readonly<Record<string, string>>, mode: string): Promise<void> {
    autoTick = mode;
    workspace = await TaskWorkspace.create(files);
    client = await RunnerClient.start([workspace.directory], { settings: () => ({ autoTick }) });
    await client.until("the classes", () => state().classes.length > 0);
  }

  async function set(mode: string): Promise<void> {
    autoTick = mode;
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await client.until("the setting", () => state().autoTick === mode);
  }

  afterEach(async () => {
    await client.stop();
    await workspace.remove();
  });

  const history = async () =>
    (await client.request<{ entries: { class: string; outcome: string }[] }>(requests.history, { folder: folder() })).entries;

  it("execute what is created, by whomever, when they go by the schedule", async () => {
    await start({ "work.task.ts": WORK }, "onSchedule");
    await workspace.cli("create", "Working");
    await client.until("an automatic tick", () => client.changes.some(({ set: values }) => values?.tick?.startedBy === "automatic"));
    await eventually("the task is finished", async () => (await history()).length === 1);
  });

  it("follow schedules, from the moment at which they are switched on to that at which they are switched off", async () => {
    await start({ "beat.task.ts": EVERY_SECOND }, "off");
    assert.deepEqual(await history(), []);
    await set("onSchedule");
    await eventually("it was due several times", async () => (await history()).length >= 2);
    await set("off");
    await client.until("no tick", () => state().tick === null);
    const { length } = await history();
    client.changes.length = 0;
    await workspace.cli("create", "Beating", "--name", "waits");
    await client.until("the created task", () => state().tasks.some(({ name }) => name === "waits"));
    assert.equal(state().tasks[0]?.status, "created");
    assert.equal((await history()).length, length);
  });

  it("retry what failed in a file that is saved, and leave alone the tasks of others, when they go by saves", async () => {
    await start({ "mend.task.ts": broken(true), "work.task.ts": WORK }, "onSave");
    for (const name of ["Mending", "Working"]) await workspace.cli("create", name);
    await client.request(requests.runTick, { folder: folder(), startedBy: "person", class: "Mending" });
    const [failed] = await client.until(
      "the failure",
      () => client.problemsOf(workspace.path("mend.task.ts")).length > 0 && client.problemsOf(workspace.path("mend.task.ts")),
    );
    assert.equal(failed?.code, "action-will-retry");
    await workspace.write("mend.task.ts", broken(false));
    await client.until("no failure", () => client.problemsOf(workspace.path("mend.task.ts")).length === 0);
    await client.until("the end of the tick", () => state().tick === null);
    assert.deepEqual(
      (await history()).map((entry) => [entry.class, entry.outcome]),
      [["Mending", "finished"]],
    );
    assert.deepEqual(
      state().tasks.map((task) => [task.class, task.status]),
      [["Working", "created"]],
    );
  });

  it("count a file that a task file imports, wherever it lies", async () => {
    await start({ "tasks/limit.task.ts": LIMITED, "lib/limit.ts": limit(0) }, "onSave");
    await workspace.cli("create", "Limiting");
    await client.request(requests.runTick, { folder: folder(), startedBy: "person" });
    assert.equal(state().tasks[0]?.actions[0]?.attempt, 1);
    await workspace.write("lib/limit.ts", limit(5));
    await eventually("the task is finished", async () => (await history()).length === 1);
    assert.equal((await history())[0]?.outcome, "finished");
  });

  it("execute nothing of a file that does not load, say so, and go on once it does", async () => {
    await start({ "tasks/limit.task.ts": LIMITED, "lib/limit.ts": limit(0) }, "onSave");
    await workspace.cli("create", "Limiting");
    await client.request(requests.runTick, { folder: folder(), startedBy: "person" });
    await workspace.write("lib/limit.ts", "export const limit = ;");
    const [told] = await client.until("the problem", () => {
      const problems = client.problemsOf(workspace.path("lib/limit.ts"));
      return problems.length > 0 && problems;
    });
    assert.equal(told?.code, "task-file");
    await workspace.write("lib/limit.ts", limit(5));
    await eventually("the task is finished", async () => (await history()).length === 1);
    assert.equal(automaticTicks(), 1);
    assert.deepEqual(client.problemsOf(workspace.path("lib/limit.ts")), []);
  });

  it("leave alone what a person has paused", async () => {
    await start({ "mend.task.ts": broken(true) }, "onSave");
    for (const name of ["held", "open"]) await workspace.cli("create", "Mending", "--name", name);
    await client.request(requests.runTick, { folder: folder(), startedBy: "person" });
    await workspace.cli("pause", "held");
    await client.until("the pause", () => state().tasks.some(({ held }) => held));
    await workspace.write("mend.task.ts", broken(false));
    await eventually("the other is finished", async () => (await history()).length === 1);
    await client.until("the end of the tick", () => state().tick === null && state().tasks.length === 1);
    assert.deepEqual(
      state().tasks.map(({ name, held, actions }) => [name, held, actions[0]?.attempt]),
      [["held", true, 1]],
    );
    assert.equal(automaticTicks(), 1);
  });

  function automaticTicks(): number {
    const ticks = client.changes.flatMap(({ set: values }) => (values && "tick" in values ? [values.tick] : []));
    return ticks.filter((tick, index) => tick?.startedBy === "automatic" && !ticks[index - 1]).length;
  }
});
