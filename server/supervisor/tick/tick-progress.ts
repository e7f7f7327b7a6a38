import type { ReportedAction, ReportedTask, TickOutcome, TickReport } from "../../service/tick/tick-report.ts";
import type { ErrorRecord } from "../../store/index.ts";
import type { ActionReference, AuthorsMethod, TaskReference, WorkerEvent } from "../../worker/channel/worker-event.ts";

/** The current call of an author's method. */
export interface CallInProgress {
  readonly task: TaskReference;
  readonly action: ActionReference;
  readonly during: AuthorsMethod;
  /** Epoch milliseconds. */
  readonly since: number;
}

/** How a call ended if its worker could not report it. */
export interface CutShort {
  readonly outcome: "will-retry" | "paused" | "cancelled";
  readonly error?: ErrorRecord;
}

const STATUS_OF_OUTCOME = { "will-retry": "running", paused: "paused", cancelled: "cancelled" } as const;

/** A task of the tick, with its reported actions by id: a task may have thousands of them. */
interface KnownTask {
  readonly task: ReportedTask;
  readonly actions: Map<string, ReportedAction>;
}

/** What is known about a running tick, over all of its workers. */
export class TickProgress {
  readonly #startedAt = Date.now();
  readonly #tasks = new Map<string, KnownTask>();
  readonly #endedTasks = new Set<string>();
  readonly #endedActions = new Set<string>();
  #current: CallInProgress | undefined;
  #lastCall: CallInProgress | undefined;
  #lookingAt: string | undefined;
  #fence: number | undefined;

  /** The fencing number of the last worker that held the mutex. */
  get fence(): number | undefined {
    return this.#fence;
  }

  get current(): CallInProgress | undefined {
    return this.#current;
  }

  /** The last call of the current worker, in progress or not. */
  get lastCall(): CallInProgress | undefined {
    return this.#lastCall;
  }

  /** The task being processed. */
  get lookingAt(): string | undefined {
    return this.#lookingAt;
  }

  /** The processed tasks, in order. */
  get lookedAt(): readonly string[] {
    return [...this.#tasks.keys()];
  }

  apply(event: WorkerEvent): void {
    switch (event.kind) {
      case "tick-started":
        this.#fence = event.fence;
        this.#lastCall = undefined;
        break;
      case "task-started":
        this.#lookingAt = event.task.id;
        if (!this.#tasks.has(event.task.id)) this.#setTask({ ...event.task, status: "running", actions: [] });
        break;
      case "action-started":
        this.#current = { task: event.task, action: event.action, during: event.during, since: Date.now() };
        this.#lastCall = this.#current;
        break;
      case "action-ended":
        this.#current = undefined;
        this.#endedActions.add(keyOf(event.task, event.action));
        this.#setAction(event.task, event.action);
        break;
      case "task-ended":
        this.#current = undefined;
        this.#lookingAt = undefined;
        this.#endedTasks.add(event.task.id);
        this.#setTask(event.task);
        break;
    }
  }

  /** The worker ended during the current call; a later worker may know better what that means for the action. */
  cutShort({ outcome, error }: CutShort): void {
    const call = this.#current;
    this.#current = undefined;
    const known = call && this.#tasks.get(call.task.id);
    if (!call || !known) return;
    const { id, name, class: className, attempt } = call.action;
    const durationMs = Date.now() - call.since;
    this.#setTask({ ...known.task, status: STATUS_OF_OUTCOME[outcome] });
    this.#setAction(call.task, { id, name, class: className, attempt, outcome, durationMs, ...(error && { error }) });
  }

  /** Combines the last worker's report with what is known about earlier ones. */
  report(outcome: TickOutcome, last?: TickReport): TickReport {
    for (const task of last?.tasks ?? []) this.#setTask(task);
    const processes = last?.processes ? { processes: last.processes } : {};
    const skipped = last?.skipped ? { skipped: last.skipped } : {};
    return { outcome, durationMs: Date.now() - this.#startedAt, tasks: this.#reported(), ...processes, ...skipped };
  }

  /** Returns the end events that no worker has sent, but that listeners wait for. */
  untoldEnds(): WorkerEvent[] {
    return this.#reported()
      .filter(({ id }) => !this.#endedTasks.has(id))
      .flatMap((task) => this.#endsOf(task));
  }

  #reported(): readonly ReportedTask[] {
    return [...this.#tasks.values()].map(({ task, actions }) => ({ ...task, actions: [...actions.values()] }));
  }

  #endsOf(task: ReportedTask): WorkerEvent[] {
    const { id, name, class: className, type } = task;
    const reference = { id, name, class: className, type };
    const untold = task.actions.filter((action) => !this.#endedActions.has(keyOf(task, action)));
    return [...untold.map((action): WorkerEvent => ({ kind: "action-ended", task: reference, action })), { kind: "task-ended", task }];
  }

  #setTask(task: ReportedTask): void {
    const actions = this.#tasks.get(task.id)?.actions ?? new Map<string, ReportedAction>();
    this.#tasks.set(task.id, { task, actions });
    for (const action of task.actions) this.#setAction(task, action);
  }

  /** Each action is reported once, by what was learnt last; only the worker that executed it knows how long it took. */
  #setAction(task: TaskReference, action: ReportedAction): void {
    const actions = this.#tasks.get(task.id)?.actions;
    const durationMs = Math.max(action.durationMs, actions?.get(action.id)?.durationMs ?? 0);
    actions?.set(action.id, { ...action, durationMs });
  }
}

function keyOf(task: { readonly id: string }, action: { readonly id: string }): string {
  return `${task.id} ${action.id}`;
}
