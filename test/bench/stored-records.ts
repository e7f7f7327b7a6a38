import { BackgroundTaskEx, BackgroundTaskExAction, type Json } from "../../server/authoring/index.ts";
import type { StoreWriter, TaskRecord, TaskStore } from "../../server/store/index.ts";

interface NoOpParams {
  directory: string;
  chunkSize: number;
}

export class NoOp extends BackgroundTaskExAction<NoOpParams> {
  executeAction() {
    return true;
  }
}

/** A task of as many no-ops as its record says. */
export class NoOps extends BackgroundTaskEx<NoOpParams> {
  static override readonly actions = [NoOp];
}

export interface StoredTask {
  readonly class: string;
  /** The names of their classes. */
  readonly actions: readonly string[];
  readonly params: Json;
  /** Paused by a person: ticks leave it alone. */
  readonly held?: true;
}

let count = 0;

/** Stores tasks as a writer does, which is much faster than asking for each by a request of its own. */
export async function storeNoOps(store: TaskStore, tasks: number, actionsPerTask: number): Promise<void> {
  const params: NoOpParams = { directory: "logs/2026/11", chunkSize: 64 };
  const actions = Array<string>(actionsPerTask).fill(NoOp.name);
  await withWriter(store, async (writer) => {
    for (let index = 0; index < tasks; index++) {
      writer.append({ changes: [{ kind: "create", task: taskRecord({ class: NoOps.name, actions, params: { ...params } }) }] });
      if (index % 1_000 === 999) await writer.flush();
    }
  });
}

export async function storeTask(store: TaskStore, task: StoredTask, times = 1): Promise<void> {
  await withWriter(store, async (writer) => {
    for (let index = 0; index < times; index++) {
      writer.append({ changes: [{ kind: "create", task: taskRecord(task) }] });
      if (index % 1_000 === 999) await writer.flush();
    }
  });
}

async function withWriter(store: TaskStore, work: (writer: StoreWriter) => Promise<void>): Promise<void> {
  const writer = await store.acquire();
  if (!writer) throw new Error("The mutex of the bench's own store is taken.");
  await work(writer);
  await writer.release();
}

function taskRecord({ class: className, actions, params, held }: StoredTask): TaskRecord {
  const number = ++count;
  return {
    id: `t${String(number).padStart(9, "0")}`,
    name: `${className} ${number}`,
    class: className,
    type: "cron",
    status: "created",
    message: "",
    params,
    createdAt: new Date().toISOString(),
    currentAction: null,
    actions: actions.map((name, index) => ({ id: `a${index + 1}`, name, class: name, rank: index + 1, params, attempt: 0, attempts: [] })),
    ticks: 0,
    ...(held && { held }),
  };
}
