import type { DamagedTask, HistoryEntry, TaskRecord, TaskStore } from "../../store/index.ts";
import { didYouMean } from "../closest-name.ts";
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

/**
 * Finds a task by id or name, even if it has ended. Stored tasks come first.
 *
 * @throws InputError if there is none, or several with that name; StoreError
 */
export async function findStoredOrEnded(store: ReadableStore, idOrName: string): Promise<TaskRecord | DamagedTask | HistoryEntry> {
  const { tasks, damaged } = currentTasks(await store.read());
  const stored = [...tasks, ...damaged];
  if (stored.some(({ id, name }) => id === idOrName || name === idOrName)) return findTask<TaskRecord | DamagedTask>(stored, idOrName);
  const ended = await findEnded(store, idOrName);
  const [only, ...others] = ended;
  if (only && others.length === 0) return only;
  if (only) {
    throw new InputError(
      `${ended.length} tasks that have ended are named "${idOrName}". Specify one by its id, newest first: ${listed(ended.map(({ id }) => id))}.`,
    );
  }
  const known = [...stored, ...(await currentHistory(store))];
  const hint = didYouMean(idOrName, [...new Set(known.flatMap(({ id, name }) => [name, id]))]);
  throw new InputError(
    `There is no task "${idOrName}", neither stored nor in the history.${hint || " Run `background-tasks list` or `background-tasks history` to see the tasks."}`,
  );
}

/** Returns the ended task of an id, or else all of a name, newest first. @throws StoreError */
export async function findEnded(store: ReadableStore, idOrName: string): Promise<readonly HistoryEntry[]> {
  const ended = await currentHistory(store, { matches: ({ id, name }) => id === idOrName || name === idOrName });
  const byId = ended.filter(({ id }) => id === idOrName);
  return byId.length > 0 ? byId : ended;
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

export function isEnded(task: TaskRecord | DamagedTask | HistoryEntry): task is HistoryEntry {
  return "endedAt" in task;
}

const MOST_LISTED = 5;

function listed(ids: readonly string[]): string {
  const more = ids.length - MOST_LISTED;
  return more > 0 ? `${ids.slice(0, MOST_LISTED).join(", ")} and ${more} more` : ids.join(", ");
}

function endOf({ id, name, outcome, endedAt }: HistoryEntry): string {
  return `Task ${name} (${id}) has ended: ${outcome} at ${localTime(endedAt)}. Run \`background-tasks show ${id}\` to see it.`;
}

/** Formats in the reader's time zone, like the command line: the Swedish locale uses the format of ISO 8601. */
function localTime(timestamp: string): string {
  return new Date(timestamp).toLocaleString("sv");
}
