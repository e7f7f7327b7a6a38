import { HOST } from "../../authoring/brand.ts";
import type { AnyAction } from "../../authoring/index.ts";
import {
  type ActionRecord,
  type Change,
  changedTask,
  type ErrorRecord,
  type FailureRecord,
  indexOfAction,
  type TaskOutcome,
} from "../../store/index.ts";
import { taskPolicy } from "../classes/action-policy.ts";
import { isEmpty, mergeChanges } from "../machine/change-merge.ts";
import {
  type ActionPolicy,
  currentAction,
  onChoiceFailed,
  onChosen,
  onFailed,
  onFinished,
  onInitiated,
  onLook,
  onPaused,
  onRecovered,
  type Step,
  type StepChange,
  type TaskPolicy,
} from "../machine/task-machine.ts";
import { timestamp } from "../machine/timestamp.ts";
import { ActionExecution } from "./action-execution.ts";
import { ExecutionHost, type ExecutionServices, MethodHost } from "./action-hosts.ts";
import { callExecute, callInit, callRecovery } from "./author-calls.ts";
import { ProgressReport } from "./progress-report.ts";
import type { StopReason, TaskDeadline } from "./task-deadline.ts";
import { TaskReport } from "./task-report.ts";
import type { TaskSession } from "./task-session.ts";
import type { TickContext } from "./tick-context.ts";
import type { ReportedTask } from "./tick-report.ts";

/** A call of one of the author's methods. */
interface AuthorsCall {
  readonly during: FailureRecord["during"];
  readonly host: MethodHost;
  readonly ask: (action: AnyAction) => boolean | Promise<boolean>;
  readonly answered: (answer: boolean) => Step;
  /** What an error means if the method had to stop; `undefined` for a failure like any other. */
  readonly stopped?: (thrown: unknown) => Step | undefined;
}

/**
 * One tick's work on one task: asks the state machine what to do, stores that first, then does it. Every call of the author's code is
 * preceded by a flush; changes that nothing waits for are flushed with the next line.
 */
export class TaskRun implements ExecutionServices {
  readonly #context: TickContext;
  readonly #session: TaskSession;
  readonly #taskPolicy: TaskPolicy;
  readonly #report: TaskReport;
  readonly #deadline: TaskDeadline;
  #unstored: StepChange = {};
  #outcome: TaskOutcome | undefined;
  /** The current call of `executeAction`. */
  #execution: ActionExecution | undefined;
  #storeFailure: unknown;

  /** `endTime` in epoch milliseconds: the tick's, or earlier if the schedule's window closes. */
  constructor(context: TickContext, session: TaskSession, endTime: number) {
    this.#context = context;
    this.#session = session;
    this.#taskPolicy = taskPolicy(session.taskClass);
    this.#report = new TaskReport(session.record);
    this.#deadline = context.deadline(endTime);
  }

  /** Asks the running method to stop; the task is left as soon as it does. */
  stop(reason: StopReason): void {
    this.#deadline.stop(reason);
    this.#execution?.deadline.stop(reason);
  }

  /** @throws StoreError */
  async run(): Promise<ReportedTask> {
    const { record } = this.#session;
    const { writer, observer } = this.#context;
    observer.taskStarted?.(record);
    this.#change({ set: { ticks: record.ticks + 1, fence: writer.fence }, ...(record.problem ? { unset: ["problem"] } : {}) });
    const action = currentAction(record);
    let step: Step | undefined = onLook(record, action && this.#policy(action), this.#taskPolicy, this.#now());
    try {
      while (step) step = await this.#do(step);
    } finally {
      this.#deadline.dispose();
    }
    const reported = this.#report.end(this.#session.record, this.#outcome);
    observer.taskEnded?.(reported);
    return reported;
  }

  /** Executes a step. Returns the next step, or nothing when the task is left. */
  #do({ change, next }: Step): Step | Promise<Step> | undefined {
    this.#change(change);
    switch (next.do) {
      case "choose":
        this.#noteEnd(change);
        return this.#deadline.isReached() && this.#mayHaveNext() ? this.#leave() : this.#choose();
      case "init":
        return this.#init(next.action.id);
      case "recover":
        return this.#recover(next.action.id, next.failure);
      case "execute":
        return this.#execute(next.action.id);
      case "leave":
        this.#noteEnd(change);
        return this.#leave();
      case "end":
        return this.#end();
    }
  }

  #choose(): Step | Promise<Step> {
    if (this.#session.overridesChoice) return this.#chooseByAuthor();
    try {
      return this.#chosen(this.#session.takeNextAction());
    } catch (thrown) {
      return this.#choiceFailed(thrown);
    }
  }

  async #chooseByAuthor(): Promise<Step> {
    await this.#store();
    try {
      const chosen = this.#session.adopt(await this.#askForNextAction());
      if (chosen?.added) this.#change({ addActions: [chosen.added] });
      this.#change(this.#session.takeUnsaved(null));
      return this.#chosen(chosen?.id ?? null);
    } catch (thrown) {
      return this.#choiceFailed(thrown);
    }
  }

  async #askForNextAction(): Promise<AnyAction | null> {
    const { callAuthor, observer } = this.#context;
    const ask = () => this.#session.instance.getNextAction();
    try {
      return await (callAuthor ? callAuthor(ask) : ask());
    } finally {
      observer.methodLeft?.(`${this.#session.record.class}.getNextAction`);
    }
  }

  #chosen(id: string | null): Step {
    const action = id === null ? null : this.#action(id);
    return onChosen(action, action ? this.#policy(action) : undefined, this.#now());
  }

  #choiceFailed(thrown: unknown): Step {
    this.#rethrowStoreFailure(thrown);
    this.#session.restore(null);
    const error = this.#context.captureError(thrown);
    this.#report.failed(error);
    return onChoiceFailed(error);
  }

  /** A task without another action ends even if the time is used up; only a custom choice of the author requires a call. */
  #mayHaveNext(): boolean {
    return this.#session.overridesChoice || this.#session.record.actions.some((action) => action.outcome === undefined);
  }

  async #init(id: string): Promise<Step> {
    await this.#store();
    const during = "initActionParams";
    const answered = (goOn: boolean) => {
      if (goOn) this.#change(this.#session.takeUnsaved(id));
      return onInitiated(this.#action(id), goOn, this.#now());
    };
    return this.#call(id, { during, host: this.#methodHost(id, during), ask: callInit, answered });
  }

  async #recover(id: string, failure: FailureRecord): Promise<Step> {
    await this.#store();
    const { name, message, stack, attempt, kind } = failure;
    const during = "changeActionParamsOnError";
    const ask = (action: AnyAction) => callRecovery(action, { name, message, stack, attempt, kind });
    const answered = (goOn: boolean) => {
      if (goOn) this.#change(this.#session.takeUnsaved(id));
      else this.#session.restore(id);
      return onRecovered(this.#action(id), goOn, failure, this.#taskPolicy, this.#now());
    };
    return this.#call(id, { during, host: this.#methodHost(id, during), ask, answered });
  }

  async #execute(id: string): Promise<Step> {
    await this.#store();
    const { record } = this.#session;
    const execution = new ActionExecution(this.#context, record, this.#policy(this.#action(id)), this.#deadline);
    this.#execution = execution;
    const { deadline } = execution;
    const host = new ExecutionHost(id, this.#session.instance, deadline, this);
    const call: AuthorsCall = {
      during: "executeAction",
      host,
      ask: (action) => callExecute(action, deadline, host),
      answered: (finished) => {
        this.#change(this.#session.takeUnsaved(id));
        return finished ? onFinished(this.#action(id)) : this.#paused(id, execution, host);
      },
      stopped: (thrown) => this.#stopped(id, execution, host, thrown),
    };
    try {
      const step = await this.#call(id, call, execution.attemptEnd);
      if (host.progress) this.#noteProgress(id, host.progress, step);
      return step;
    } finally {
      this.#execution = undefined;
      execution.dispose();
    }
  }

  #methodHost(id: string, method: FailureRecord["during"]): MethodHost {
    return new MethodHost(id, this.#session.instance, this.#deadline, method);
  }

  /** Calls one of the author's methods. A thrown error becomes the failure of the action, unless it was asked to stop. */
  async #call(id: string, { during, host, ask, answered, stopped }: AuthorsCall, attemptEnd = Number.POSITIVE_INFINITY): Promise<Step> {
    const { observer, clock, callAuthor } = this.#context;
    const { instance } = this.#session.action(id);
    instance[HOST] = host;
    const record = this.#action(id);
    observer.actionStarted?.(this.#session.record, record, during, ...(Number.isFinite(attemptEnd) ? [attemptEnd] : []));
    const startedAt = clock.now();
    try {
      let answer: boolean | Promise<boolean>;
      try {
        answer = callAuthor ? callAuthor(() => ask(instance)) : ask(instance);
        if (typeof answer !== "boolean") answer = await answer;
      } finally {
        observer.methodLeft?.(`${record.class}.${during}`);
      }
      return answered(answer);
    } catch (thrown) {
      this.#rethrowStoreFailure(thrown);
      this.#session.restore(id);
      return stopped?.(thrown) ?? this.#failed(id, during, this.#context.captureError(thrown), "thrown");
    } finally {
      const elapsed = clock.now() - startedAt;
      this.#report.spent(id, elapsed);
      if (during === "executeAction" && elapsed > 0) this.#addDuration(id, elapsed);
    }
  }

  #paused(id: string, execution: ActionExecution, host: ExecutionHost): Step {
    const action = this.#action(id);
    if (execution.hasTimedOut) return this.#failed(id, "executeAction", this.#timeout(action), "timed-out");
    const pause = execution.pause(this.#session.record, host.progress?.latest);
    return onPaused(action, pause, this.#policy(action), this.#taskPolicy, this.#now());
  }

  /** An error thrown by an action that had to stop; `undefined` if that is not why. */
  #stopped(id: string, execution: ActionExecution, host: ExecutionHost, thrown: unknown): Step | undefined {
    const isOurs = execution.deadline.explains(thrown);
    if (execution.hasTimedOut) {
      const error = this.#context.captureError(thrown);
      return this.#failed(id, "executeAction", isOurs ? this.#timeout(this.#action(id), error) : error, "timed-out");
    }
    return execution.deadline.stopReason !== undefined || isOurs ? this.#paused(id, execution, host) : undefined;
  }

  /** @param at an error with the position at which the action was stopped. */
  #timeout(action: ActionRecord, at?: ErrorRecord): ErrorRecord {
    const { attemptTimeout } = this.#policy(action);
    const message = `${action.class} did not finish within the ${attemptTimeout} ms of its attemptTimeout.`;
    const { file, line, column, frames } = at ?? {};
    const position = file !== undefined && line !== undefined && column !== undefined ? { file, line, column } : {};
    return { name: "TimeoutError", message, stack: `TimeoutError: ${message}`, ...position, ...(frames && { frames }) };
  }

  #failed(id: string, during: FailureRecord["during"], error: ErrorRecord, kind: FailureRecord["kind"]): Step {
    const action = this.#action(id);
    const now = this.#now();
    const failure: FailureRecord = { ...error, kind, attempt: action.attempt, during, at: timestamp(now) };
    return onFailed(action, failure, this.#policy(action), this.#taskPolicy, now);
  }

  #addDuration(id: string, elapsed: number): void {
    const before = this.#action(id).attempts.at(-1)?.durationMs ?? 0;
    this.#change({ actions: [{ id, attemptDurationMs: before + elapsed }] });
  }

  /** Keeps the action's last progress unless it has finished. */
  #noteProgress(id: string, progress: ProgressReport, { change }: Step): void {
    progress.end();
    const hasFinished = change.actions?.some((action) => action.set?.outcome === "finished");
    if (progress.latest && !hasFinished) this.#change({ actions: [{ id, set: { progress: progress.latest } }] });
  }

  async checkpoint(id: string): Promise<void> {
    this.#change(this.#session.takeUnsaved(id));
    try {
      await this.#store();
    } catch (error) {
      this.#storeFailure = error;
      throw error;
    }
  }

  progressReport(id: string): ProgressReport {
    const { clock, observer, writer } = this.#context;
    return new ProgressReport(
      clock,
      (progress) => observer.actionProgressed?.(this.#session.record, this.#action(id), progress),
      (progress) => {
        this.#change({ actions: [{ id, set: { progress } }] });
        this.#append();
        // The next awaited flush detects a failing store.
        writer.flush({ durable: false }).catch(() => {});
      },
    );
  }

  #leave(): undefined {
    this.#append();
  }

  #end(): undefined {
    const { record } = this.#session;
    this.#outcome = record.actions.some((action) => action.outcome === "failed") ? "finished-with-failures" : "finished";
    this.#append(this.#outcome);
  }

  /** Queues a change to be stored with the next line. */
  #change(change: StepChange): void {
    if (isEmpty(change)) return;
    this.#session.follow(changedTask(this.#session.record, change));
    this.#unstored = mergeChanges(this.#unstored, change);
  }

  #store(): Promise<void> {
    this.#append();
    return this.#context.writer.flush();
  }

  /** A store failure in a checkpoint reaches us through the author's code, but is not the author's error. */
  #rethrowStoreFailure(thrown: unknown): void {
    if (this.#storeFailure !== undefined && thrown === this.#storeFailure) throw thrown;
  }

  #append(outcome?: TaskOutcome): void {
    const { id } = this.#session.record;
    const changes: Change[] = [];
    if (!isEmpty(this.#unstored)) changes.push({ kind: "change", id, ...this.#unstored });
    if (outcome) changes.push({ kind: "end", id, outcome, endedAt: timestamp(this.#now()) });
    this.#unstored = {};
    if (changes.length > 0) this.#context.writer.append({ changes });
  }

  /** Reports the outcome of the actions in the change. */
  #noteEnd({ actions = [] }: StepChange): void {
    const { currentAction: current } = this.#session.record;
    for (const { id } of actions) this.#noteEndOf(id);
    if (current !== null && !actions.some(({ id }) => id === current)) this.#noteEndOf(current);
  }

  #noteEndOf(id: string): void {
    const reported = this.#report.left(this.#session.record, this.#action(id));
    if (reported) this.#context.observer.actionEnded?.(this.#session.record, reported);
  }

  #action(id: string): ActionRecord {
    const { actions } = this.#session.record;
    const action = actions[indexOfAction(actions, id)];
    if (!action) throw new RangeError(`Task ${this.#session.record.id} has no action ${id}.`);
    return action;
  }

  #policy(action: ActionRecord): ActionPolicy {
    return this.#session.action(action.id).policy;
  }

  #now(): number {
    return this.#context.clock.now();
  }
}
