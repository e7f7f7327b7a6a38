import type { DamagedTask, HistoryEntry, TaskRecord, TaskStore } from "../../store/index.ts";
import { InputError } from "../input-error.ts";
import { currentHistory } from "./current-history.ts";
import { findTask } from "./find-task.ts";
import { currentTasks } from "./request-effects.ts";

type ReadableStore = Pick<TaskStore, "read" | "history">;

/** Finds a stored task by id or name. @throws InputError, which says if the task has ended; StoreError */
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

/** Finds a task by id, even if it has ended. @throws InputError, StoreError */
export async function findStoredOrEnded(store: ReadableStore, id: string): Promise<TaskRecord | DamagedTask | HistoryEntry> {
  const { tasks, damaged } = currentTasks(await store.read());
  const known = [...tasks, ...damaged].find((task) => task.id === id) ?? (await currentHistory(store)).find((entry) => entry.id === id);
  if (!known) throw new InputError(`There is no task ${id}, and it is no longer in the history.`);
  return known;
}

/** Finds a stored task that can be changed. @throws InputError, also for a damaged task; StoreError */
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

/** Formats in the reader's time zone, like the command line: the Swedish locale uses the format of ISO 8601. */
function localTime(timestamp: string): string {
  return new Date(timestamp).toLocaleString("sv");
}
