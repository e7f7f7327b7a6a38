import type { TickState } from "../../../protocol/folder-state.ts";
import type { TickEvent } from "../../../protocol/tick-event.ts";
import type { TickFilter } from "../../../service/index.ts";
import type { TaskRecord } from "../../../store/index.ts";

/** The displayed state of our own tick, derived from its events. */
export class TickDisplayState {
  #state: TickState;
  readonly #lookedAt = new Set<string>();

  /** @param waiting how many tasks the tick is expected to process. */
  constructor(startedBy: "person" | "automatic", waiting: number, isDebugged: boolean) {
    this.#state = {
      startedBy,
      startedAt: new Date().toISOString(),
      done: 0,
      total: waiting,
      current: null,
      isCancelling: false,
      isDebugged,
    };
  }

  get state(): TickState {
    return this.#state;
  }

  cancelling(): void {
    this.#state = { ...this.#state, isCancelling: true };
  }

  apply(event: TickEvent): void {
    switch (event.kind) {
      case "task-started":
        this.#lookedAt.add(event.task.id);
        this.#state = { ...this.#state, total: Math.max(this.#state.total, this.#lookedAt.size) };
        break;
      case "action-started":
        this.#state = { ...this.#state, current: { task: event.task.id, action: event.action.id } };
        break;
      case "action-ended":
        this.#state = { ...this.#state, current: null };
        break;
      case "task-ended":
        this.#lookedAt.add(event.task.id);
        this.#state = {
          ...this.#state,
          done: this.#state.done + 1,
          total: Math.max(this.#state.total, this.#lookedAt.size),
          current: null,
        };
        break;
    }
  }
}

/** How many of the tasks a tick would process now. */
export function countWaiting(tasks: readonly TaskRecord[], filter: TickFilter | undefined): number {
  return tasks.filter((task) => isWaiting(task) && isMeant(task, filter)).length;
}

function isWaiting({ held, status, problem, nextAttemptAt }: TaskRecord): boolean {
  if (held || status === "failed" || problem !== undefined) return false;
  return nextAttemptAt === undefined || Date.parse(nextAttemptAt) <= Date.now();
}

function isMeant(task: TaskRecord, filter: TickFilter | undefined): boolean {
  if (filter?.task !== undefined && filter.task !== task.id && filter.task !== task.name) return false;
  return filter?.class === undefined || filter.class === task.class;
}
