import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { requests } from "../../server/protocol/runner-protocol.ts";
import { JsonTaskStore, type TaskRecord } from "../../server/store/index.ts";
import { RunnerClient, uriOf } from "./support/runner-client.ts";
import { TaskWorkspace } from "./support/task-workspace.ts";

const TASKS = 10_000;

const WORK = `
export class Work extends BackgroundTaskExAction<{}> {
  executeAction() { this.task.message = "worked"; return true; }
}
export class Working extends BackgroundTaskEx<{}> { static readonly actions = [Work, Work]; }
`;

describe("With 10,000 stored tasks", () => {
  let workspace: TaskWorkspace;
  let client: RunnerClient;

  before(async () => {
    workspace = await TaskWorkspace.create({ "work.task.ts": WORK });
    const store = await JsonTaskStore.open(join(workspace.directory, ".background-tasks"), { durability: "process" });
    const writer = await store.acquire();
    writer?.append({ changes: Array.from({ length: TASKS }, (_, number) => ({ kind: "create", task: heldTask(number) })) });
    await writer?.release();
    await store.close();
    client = await RunnerClient.start([workspace.directory]);
  });
  after(async () => {
    await client.stop();
    await workspace.remove();
  });

  it("the whole is sent once, and a change sends what changed and nothing else", async () => {
    const state = () => client.folder(workspace.directory);
    assert.equal(state().tasks.length, TASKS);
    await client.until("the classes", () => state().classes.length > 0);
    const { id } = await client.request<{ id: string }>(requests.createTask, {
      folder: uriOf(workspace.directory),
      class: "Working",
      params: {},
    });
    await client.until("the new task", () => state().tasks.length === TASKS + 1);
    client.changes.length = 0;

    await workspace.cli("tick");
    await client.until("its end", () => state().tasks.length === TASKS && state().tick === null);
    const named = client.changes.flatMap(({ tasks = [], removed = [] }) => [...tasks.map((task) => task.id), ...removed]);
    assert.deepEqual([...new Set(named)], [id]);
    const bytes = JSON.stringify(client.changes).length;
    assert.ok(bytes < 10_000, `${bytes} bytes were sent`);
  });
});

function heldTask(number: number): TaskRecord {
  return {
    id: randomUUID(),
    name: `task ${number}`,
    class: "Working",
    type: "cron",
    status: "created",
    message: "",
    params: {},
    createdAt: new Date(number).toISOString(),
    currentAction: null,
    actions: [{ id: "1", name: "Work", class: "Work", rank: 1, params: {}, attempt: 0, attempts: [] }],
    ticks: 0,
    held: true,
  };
}
