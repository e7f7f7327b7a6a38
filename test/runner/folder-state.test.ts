import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import type { TickAnswer } from "../../server/protocol/runner-protocol.ts";
import { requests } from "../../server/protocol/runner-protocol.ts";
import { RunnerClient, uriOf } from "./support/runner-client.ts";
import { TaskWorkspace } from "./support/task-workspace.ts";

const COUNT = `
export class Count extends BackgroundTaskExAction<{ to: number }> {
  static readonly maxAttempts = 3;
  static readonly retryDelay = backoff({ jitter: 0.5 });
  async executeAction() {
    for (let done = 1; done <= this.params.to; done++) {
      this.reportProgress({ done, total: this.params.to, message: "counting" });
      await sleep(20);
    }
    this.task.message = "counted to " + this.params.to;
    return true;
  }
}
export class Counting extends BackgroundTaskEx<{ to: number }> { static readonly actions = [Count]; }
export class Hourly extends BackgroundTaskEx<{}> {
  static readonly schedule = every(3_600_000);
  static readonly actions = [];
}
`;

describe("The state of a folder", () => {
  let workspace: TaskWorkspace;
  let client: RunnerClient;

  beforeEach(async () => {
    workspace = await TaskWorkspace.create({ "count.task.ts": COUNT });
  });
  afterEach(async () => {
    await client.stop();
    await workspace.remove();
  });

  const folder = () => uriOf(workspace.directory);
  const state = () => client.folder(workspace.directory);

  it("names task files at once and their classes, with line and schedule, as soon as a worker has loaded them", async () => {
    client = await RunnerClient.start([workspace.directory]);
    const classes = await client.until("the classes", () => state().classes.length > 0 && state().classes);
    assert.deepEqual(state().taskFiles, [workspace.path("count.task.ts")]);
    assert.deepEqual(classes.map(({ kind, name, line }) => [kind, name, line]).sort(), [
      ["action", "Count", 5],
      ["task", "Counting", 17],
      ["task", "Hourly", 18],
    ]);
    const hourly = classes.find(({ name }) => name === "Hourly");
    assert.ok(hourly?.schedule);
    assert.ok(Date.parse(hourly?.nextOccurrence ?? "") > Date.now());
    assert.equal(hourly?.nextOccurrences?.length, 5);
    assert.equal(hourly?.nextOccurrences?.[0], hourly?.nextOccurrence);
    const { maxAttempts, retryDelays, retryJitter } = classes.find(({ name }) => name === "Count") ?? {};
    assert.deepEqual({ maxAttempts, retryDelays, retryJitter }, { maxAttempts: 3, retryDelays: [1_000, 2_000], retryJitter: 0.5 });
    assert.equal(state().node.version, process.versions.node);
  });

  it("shows a task that is created, its progress during a tick, and its end in the history", async () => {
    client = await RunnerClient.start([workspace.directory]);
    const { id } = await client.request<{ id: string }>(requests.createTask, {
      folder: folder(),
      class: "Counting",
      params: { to: 8 },
      name: "to eight",
    });
    const created = await client.until("the task", () => state().tasks.find((task) => task.id === id));
    assert.equal(created.name, "to eight");
    assert.equal(created.status, "created");

    const ticked = client.request<TickAnswer>(requests.runTick, { folder: folder(), startedBy: "person" });
    const tick = await client.until("the tick", () => state().tick?.current && state().tick);
    assert.equal(tick?.startedBy, "person");
    assert.equal(tick?.total, 1);
    await client.until("progress", () => state().tasks.some(({ actions }) => actions.some(({ progress }) => (progress?.done ?? 0) > 1)));
    const { durationMs, ...answer } = await ticked;
    assert.ok(durationMs > 0);
    assert.deepEqual(answer, { outcome: "done", tasks: 1, failures: 0, paused: 0 });
    await client.until("the end of task and tick", () => state().tasks.length === 0 && state().tick === null);
    assert.ok(client.changes.some(({ historyChanged }) => historyChanged));
    const { entries } = await client.request<{ entries: { id: string; message: string }[] }>(requests.history, { folder: folder() });
    assert.deepEqual(
      entries.map((entry) => [entry.id, entry.message]),
      [[id, "counted to 8"]],
    );
  });

  it("shows a tick of the command line, and what it did, without being asked", async () => {
    client = await RunnerClient.start([workspace.directory]);
    await workspace.cli("create", "Counting", "--params", '{"to":40}');
    await client.until("the created task", () => state().tasks.length === 1);
    const ticking = workspace.cli("tick");
    await client.until("the tick elsewhere", () => state().tick?.startedBy === "elsewhere" && state().tick?.current);
    assert.equal(state().tick?.total, 1);
    await ticking;
    await client.until("the end of the tick", () => state().tasks.length === 0 && state().tick === null);
  });

  it("costs nothing where there is nothing: no store is made by looking", async () => {
    const empty = await TaskWorkspace.create({ "notes.txt": "nothing to do" });
    try {
      client = await RunnerClient.start([empty.directory]);
      assert.deepEqual(client.folder(empty.directory).tasks, []);
      await client.request(requests.refreshClasses, { folder: uriOf(empty.directory) });
      assert.equal(existsSync(empty.path(".background-tasks")), false);
    } finally {
      await empty.remove();
    }
  });

  it("notices task files that are added, changed and removed", async () => {
    client = await RunnerClient.start([workspace.directory]);
    await client.until("the classes", () => state().classes.length === 3);
    await workspace.write("more.task.ts", "export class More extends BackgroundTaskEx<{}> { static readonly actions = []; }\n");
    await client.until("the new class", () => state().classes.some(({ name }) => name === "More"));
    await workspace.write("more.task.ts", "export class Other extends BackgroundTaskEx<{}> { static readonly actions = []; }\n");
    await client.until("the changed class", () => state().classes.some(({ name }) => name === "Other"));
  });
});
