import { currentAction } from "../../service/machine/task-machine.ts";
import { currentTasks } from "../../service/requests/request-effects.ts";
import type { TickReport } from "../../service/tick/tick-report.ts";
import type { StoreSnapshot, TaskId, TaskRecord } from "../../store/index.ts";

/** What an ended tick says about the possible work of the next one. */
export interface EndedTick {
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** Epoch milliseconds. */
  readonly endedAt: number;
  /** The tasks that were stored before it started. */
  readonly known: ReadonlySet<TaskId>;
  readonly report: Pick<TickReport, "outcome" | "tasks">;
}

/**
 * When a tick has work for the stored tasks: epoch milliseconds, not after `now` for at once, `null` for not before something changes.
 * `concerns` restricts it to some tasks. Tasks that are held, failed, blocked by a problem or damaged are never due.
 */
export function nextTaskDue(
  snapshot: StoreSnapshot,
  last: EndedTick | undefined,
  now: number,
  concerns?: (task: TaskRecord) => boolean,
): number | null {
  const { tasks } = currentTasks(snapshot);
  const concerned = concerns ? tasks.filter(concerns) : tasks;
  if (snapshot.requests.length > 0 && (!concerns || concerned.length > 0)) return now;
  return earliest(concerned.filter((task) => !wasLeftAlone(task, last)).map((task) => idleUntil(task, last) ?? dueTime(task)));
}

/** Milliseconds before an action is called again after its first idle pause; twice as long after each further one. */
const FIRST_IDLE_DELAY = 250;
const LONGEST_IDLE_DELAY = 30_000;

/**
 * When an idle action is due again, in epoch milliseconds: calling it at once would be a busy loop while it waits for something. `undefined`
 * if it is not idle, or has used its tick to the end.
 */
export function idleUntil(task: TaskRecord, last: EndedTick | undefined): number | undefined {
  const idlePauses = task.status === "paused" && !task.held ? (currentAction(task)?.idlePauses ?? 0) : 0;
  if (idlePauses === 0 || last?.report.outcome !== "done" || !last.report.tasks.some(({ id }) => id === task.id)) return undefined;
  return last.endedAt + Math.min(LONGEST_IDLE_DELAY, FIRST_IDLE_DELAY * 2 ** (idlePauses - 1));
}

/** When the task can continue on its own; 0 for at once, `null` for never. */
export function dueTime(task: TaskRecord): number | null {
  if (task.held || task.status === "failed" || task.problem !== undefined) return null;
  return task.nextAttemptAt === undefined ? 0 : Date.parse(task.nextAttemptAt);
}

/**
 * A tick with time for every task did nothing for this one although it was due: the task is outside its schedule's window, and another tick
 * would do nothing either.
 */
function wasLeftAlone(task: TaskRecord, last: EndedTick | undefined): boolean {
  if (last?.report.outcome !== "done" || !last.known.has(task.id)) return false;
  const due = dueTime(task);
  return due !== null && due <= last.startedAt && !last.report.tasks.some(({ id }) => id === task.id);
}

/** Returns the ids of a snapshot's tasks, for `EndedTick.known`. */
export function idsOf({ tasks, damaged }: StoreSnapshot): ReadonlySet<TaskId> {
  return new Set([...tasks, ...damaged].map(({ id }) => id));
}

export function earliest(times: readonly (number | null)[]): number | null {
  return times.reduce((first, time) => (time !== null && (first === null || time < first) ? time : first), null);
}
