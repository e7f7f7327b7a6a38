import type { TaskType } from "../../authoring/index.ts";
import type { TaskRecord, TaskStatus } from "../../store/index.ts";
import { overridesChoice, taskPolicy } from "../classes/action-policy.ts";
import { isUnusable } from "../classes/class-registry.ts";
import { InputError } from "../input-error.ts";
import { mergeChanges } from "../machine/change-merge.ts";
import { currentAction, isInFlight, methodAtWork, onChoiceFailed, onFailed } from "../machine/task-machine.ts";
import { timestamp } from "../machine/timestamp.ts";
import { findTask } from "../requests/find-task.ts";
import { effectsOf } from "../requests/request-effects.ts";
import type { RequestHandler } from "../requests/request-handler.ts";
import type { RecordedDeath } from "../service-options.ts";
import { isOpen } from "./schedule-state.ts";
import { ScheduledWork } from "./scheduled-work.ts";
import { countSkipped } from "./skipped-tasks.ts";
import { asCancelled, TaskReport } from "./task-report.ts";
import { TaskRun } from "./task-run.ts";
import { TaskSession } from "./task-session.ts";
import type { TickContext } from "./tick-context.ts";
import { matches, type TickFilter } from "./tick-filter.ts";
import type { ReportedProcess, ReportedTask, TickOutcome, TickReport } from "./tick-report.ts";

const TYPES: readonly TaskType[] = ["interactive", "cron"];
const STATUSES: readonly TaskStatus[] = ["starting", "recovering", "running", "paused", "created"];

export interface TickOptions {
  readonly filter: TickFilter;
  /** Tasks that an earlier worker of the same tick has processed. */
  readonly lookedAt: ReadonlySet<string>;
  readonly death: RecordedDeath | undefined;
  /** The fencing number of a tick that we stopped. */
  readonly interrupted: number | undefined;
  readonly signal: AbortSignal | undefined;
}

/** One bounded run over the stored tasks (iTop: `BackgroundTaskExService::ProcessTasks`), by the holder of the mutex. */
export class Tick {
  readonly #context: TickContext;
  readonly #requests: RequestHandler;
  readonly #options: TickOptions;
  readonly #lookedAt: Set<string>;
  readonly #tasks: ReportedTask[] = [];
  readonly #processes: ReportedProcess[] = [];
  readonly #startedAt: number;
  #taskId: string | undefined;
  #executing: TaskRun | undefined;
  #isSpent = false;

  constructor(context: TickContext, requests: RequestHandler, options: TickOptions) {
    this.#context = context;
    this.#requests = requests;
    this.#options = options;
    this.#lookedAt = new Set(options.lookedAt);
    this.#startedAt = context.clock.now();
  }

  /** @throws StoreError; InputError if the filter names a task or a class that does not exist. */
  async run(): Promise<TickReport> {
    const { signal } = this.#options;
    const onAbort = () => this.#executing?.stop("tick-cancelled");
    signal?.addEventListener("abort", onAbort);
    try {
      this.#afterDeath();
      await this.#requests.fulfil();
      this.#lookUpTask();
      this.#lookUpClass();
      for (const type of TYPES) {
        if (type === "cron") await this.#scheduledWork();
        for (const status of STATUSES) await this.#list(type, status);
      }
      await this.#requests.fulfil();
      return this.#report();
    } finally {
      signal?.removeEventListener("abort", onAbort);
    }
  }

  /** Records what the previous worker could not. */
  #afterDeath(): void {
    const { death, interrupted } = this.#options;
    const { writer, clock } = this.#context;
    if (interrupted !== undefined) {
      const now = timestamp(clock.now());
      writer.append({ changes: effectsOf({ kind: "interrupted", fence: interrupted }, writer, now) });
    }
    if (!death) return;
    for (const task of [...writer.tasks()]) if (task.fence === death.fence && isInFlight(task)) this.#recordDeath(task, death);
    const choosing = death.choosingFor === undefined ? undefined : writer.task(death.choosingFor);
    if (choosing?.fence === death.fence && choosing.currentAction === null) this.#recordDeathInChoice(choosing, death);
  }

  /** Only a custom `getNextAction` can be to blame: the default one calls no user code. */
  #recordDeathInChoice(task: TaskRecord, { error }: RecordedDeath): void {
    const { writer, registry } = this.#context;
    const taskClass = registry.task(task.class);
    if (isUnusable(taskClass) || !overridesChoice(taskClass.prototype)) return;
    writer.append({ changes: [{ kind: "change", id: task.id, ...onChoiceFailed(error).change }] });
    const report = new TaskReport(task);
    report.failed(error);
    this.#tasks.push(report.end(writer.task(task.id) ?? task, undefined));
    this.#lookedAt.add(task.id);
  }

  #recordDeath(task: TaskRecord, { kind, error, durationMs = 0 }: RecordedDeath): void {
    const { writer, clock } = this.#context;
    const action = currentAction(task);
    const session = TaskSession.open(task, this.#context.registry);
    if (!action || !(session instanceof TaskSession)) return;
    const live = session.action(action.id);
    const during = methodAtWork(task);
    const failure = { ...error, kind, attempt: action.attempt, during, at: timestamp(clock.now()) };
    const { change } = onFailed(action, failure, live.policy, taskPolicy(session.taskClass), clock.now());
    const attemptDurationMs = (action.attempts.at(-1)?.durationMs ?? 0) + (during === "executeAction" ? durationMs : 0);
    const timed = mergeChanges({ actions: [{ id: action.id, attemptDurationMs }] }, change);
    writer.append({ changes: [{ kind: "change", id: task.id, ...timed }] });
    const left = writer.task(task.id);
    const leftAction = left?.actions.find((candidate) => candidate.id === action.id);
    if (!left || !leftAction) return;
    const report = new TaskReport(task);
    report.left(left, leftAction);
    this.#tasks.push(report.end(left, undefined));
    this.#lookedAt.add(task.id);
  }

  #lookUpTask(): void {
    const { task } = this.#options.filter;
    if (task !== undefined) this.#taskId = findTask(this.#context.writer.tasks(), task).id;
  }

  /** A mistyped name would otherwise look like a tick with nothing to do. */
  #lookUpClass(): void {
    const { class: name } = this.#options.filter;
    // A later worker of a tick may know less: a file may have ended the first one.
    if (name === undefined || this.#options.lookedAt.size > 0) return;
    const stored = new Set<string>();
    for (const task of this.#context.writer.tasks()) stored.add(task.class);
    const problem = this.#context.registry.problemOfName(name, [...stored]);
    if (problem !== undefined) throw new InputError(problem);
  }

  async #scheduledWork(): Promise<void> {
    const { filter } = this.#options;
    if (filter.task !== undefined || filter.type === "interactive" || this.#mustStop()) return;
    this.#processes.push(...(await new ScheduledWork(this.#context, filter.class).run()));
  }

  /** Read when reached, so that it includes tasks created during the tick. */
  async #list(type: TaskType, status: TaskStatus): Promise<void> {
    for (const { id } of this.#context.writer.tasksWith(type, status)) {
      if (this.#lookedAt.has(id)) continue;
      if (this.#mustStop()) {
        this.#isSpent ||= this.#isRunnable(id);
        if (this.#isSpent) return;
        continue;
      }
      await this.#requests.fulfil();
      const task = this.#context.writer.task(id);
      if (task && this.#isRunnable(id)) await this.#look(task);
    }
  }

  async #look(task: TaskRecord): Promise<void> {
    const { writer, registry, observer } = this.#context;
    this.#lookedAt.add(task.id);
    const session = TaskSession.open(task, registry);
    if (!(session instanceof TaskSession)) {
      observer.warning?.(`Task ${task.name} (${task.id}) is skipped. ${session.problem}`);
      if (task.problem !== session.problem)
        writer.append({ changes: [{ kind: "change", id: task.id, set: { problem: session.problem } }] });
      return;
    }
    const run = new TaskRun(this.#context, session, this.#endTimeOf(task, session));
    this.#executing = run;
    this.#requests.executing({ id: task.id, stop: (reason) => run.stop(reason) });
    try {
      const reported = await run.run();
      this.#executing = undefined;
      this.#requests.finished();
      await this.#requests.fulfil();
      this.#tasks.push(reported.status !== "finished" && !writer.task(task.id) ? asCancelled(reported) : reported);
    } finally {
      this.#executing = undefined;
      this.#requests.finished();
    }
  }

  #isRunnable(id: string): boolean {
    const task = this.#context.writer.task(id);
    if (!task || task.held || !matches(task, this.#options.filter, this.#taskId)) return false;
    const { clock } = this.#context;
    if (task.nextAttemptAt !== undefined && Date.parse(task.nextAttemptAt) > clock.now()) return false;
    return this.#options.filter.task !== undefined || this.#isInWindow(task);
  }

  /** Tasks created by a schedule are executed only inside its window; tasks created or named by a user, at any time. */
  #isInWindow(task: TaskRecord): boolean {
    const schedule = this.#scheduleOf(task);
    return schedule === undefined || isOpen(schedule, new Date(this.#context.clock.now()));
  }

  #endTimeOf(task: TaskRecord, session: TaskSession): number {
    const { endTime, clock } = this.#context;
    const { schedule } = session.taskClass;
    if (!task.scheduled || this.#options.filter.task !== undefined) return endTime;
    const windowEnd = schedule?.getWindowEnd?.(new Date(clock.now()));
    return windowEnd ? Math.min(endTime, windowEnd.getTime()) : endTime;
  }

  #scheduleOf(task: TaskRecord) {
    if (!task.scheduled) return undefined;
    const taskClass = this.#context.registry.task(task.class);
    return isUnusable(taskClass) ? undefined : taskClass.schedule;
  }

  #mustStop(): boolean {
    return this.#options.signal?.aborted === true || this.#context.clock.now() >= this.#context.endTime;
  }

  #report(): TickReport {
    const { clock } = this.#context;
    const tasks = this.#tasks;
    const isUnfinished = tasks.some(({ status }) => status === "paused") && this.#mustStop();
    const outcome: TickOutcome = this.#options.signal?.aborted
      ? "cancelled"
      : this.#isSpent || isUnfinished || this.#requests.hasLeftSome
        ? "time-budget-spent"
        : "done";
    const skipped = countSkipped(this.#unexecuted(), clock.now(), (task) => this.#isInWindow(task));
    return {
      outcome,
      durationMs: clock.now() - this.#startedAt,
      tasks,
      ...(this.#processes.length > 0 ? { processes: this.#processes } : {}),
      ...(skipped && { skipped }),
    };
  }

  *#unexecuted(): Generator<TaskRecord> {
    const { filter, lookedAt } = this.#options;
    const executed = new Set(this.#tasks.map(({ id }) => id));
    for (const task of this.#context.writer.tasks()) {
      if (!executed.has(task.id) && !lookedAt.has(task.id) && matches(task, filter, this.#taskId)) yield task;
    }
  }
}
