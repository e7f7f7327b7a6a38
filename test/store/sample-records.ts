import type { ActionRecord, TaskRecord, Transaction } from "../../server/store/index.ts";

let count = 0;

export function sampleAction(fields: Partial<ActionRecord> = {}): ActionRecord {
  return { id: "first", name: "Compress", class: "Compress", rank: 1, params: { chunkSize: 64 }, attempt: 0, attempts: [], ...fields };
}

export function sampleTask(fields: Partial<TaskRecord> = {}): TaskRecord {
  const id = fields.id ?? `task-${++count}`;
  return {
    id,
    name: `Maintenance ${id}`,
    class: "Maintenance",
    type: "cron",
    status: "created",
    message: "",
    params: { directory: "logs" },
    createdAt: "2026-11-24T03:00:00.000Z",
    currentAction: null,
    actions: [sampleAction()],
    ticks: 0,
    ...fields,
  };
}

export function creation(...tasks: TaskRecord[]): Transaction {
  return { changes: tasks.map((task) => ({ kind: "create", task })) };
}

export function statusChange(id: string, status: TaskRecord["status"]): Transaction {
  return { changes: [{ kind: "change", id, set: { status } }] };
}

export function ending(id: string, endedAt = "2026-11-24T04:00:00.000Z"): Transaction {
  return { changes: [{ kind: "end", id, outcome: "finished", endedAt }] };
}
