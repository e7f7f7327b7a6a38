import type { DamagedTask, HistoryEntry, TaskRecord, TaskStore } from "../../store/index.ts";
import { InputError } from "../input-error.ts";
import { currentHistory } from "./current-history.ts";
import { findTask } from "./find-task.ts";
import { currentTasks } from "./request-effects.ts";

type ReadableStore = Pick<TaskStore, "read" | "history">;

/** The stored task a person means by an id or a name. @throws InputError, which says so of a task that has ended; StoreError */
export async function findStored(store: ReadableStore, idOrName: string): Promise<TaskRecord | DamagedTask> {
  const { tasks, damaged } = currentTasks(await store.read());
  const stored = [...tasks, ...damaged];
  try {
    return findTask<TaskRecord | DamagedTask>(stored, idOrName);
  } catch (error) {
    // Several stored tasks have that name.
    if (stored.some(({ name }) => name === idOrName)) throw error;
    const entry = (await currentHistory(store)).find(({ id, name }) => id === idOrName || name === idOrName);
    throw entry ? new InputError(endOf(entry)) : error;
  }
}

/** A task by its id, also one that has ended. @throws InputError, StoreError */
export async function findStoredOrEnded(store: ReadableStore, id: string): Promise<TaskRecord | DamagedTask | HistoryEntry> {
  const { tasks, damaged } = currentTasks(await store.read());
  const known = [...tasks, ...damaged].find((task) => task.id === id) ?? (await currentHistory(store)).find((entry) => entry.id === id);
  if (!known) throw new InputError(`There is no task ${id}, and it is no longer in the history.`);
  return known;
}

/** A stored task that can be changed. @throws InputError, also of a damaged task; StoreError */
export async function findSound(store: ReadableStore, idOrName: string): Promise<TaskRecord> {
  const task = await findStored(store, idOrName);
  if (!isDamaged(task)) return task;
  throw new InputError(`Task ${task.name} (${task.id}) is damaged and is left unchanged in the store: ${task.problem}`);
}

export function isDamaged(task: TaskRecord | DamagedTask | HistoryEntry): task is DamagedTask {
  return "raw" in task;
}

function endOf({ id, name, outcome, endedAt }: HistoryEntry): string {
  return `Task ${name} (${id}) has ended: ${outcome} at ${localTime(endedAt)}. Run \`background-tasks history\` to see it.`;
}

/** In the reader's time zone, as the command line writes times: Swedish is the locale whose format is that of ISO 8601. */
function localTime(timestamp: string): string {
  return new Date(timestamp).toLocaleString("sv");
}
