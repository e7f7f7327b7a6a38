import { HOST } from "../authoring/brand.ts";
import type { AnyTask } from "../authoring/host.ts";
import type { CheckedTaskClass, NewParamsOf } from "../authoring/index.ts";
import {
  type DamagedTask,
  type ErrorRecord,
  type HistoryEntry,
  StoreError,
  type StoreWriter,
  type TaskRecord,
  type TaskStore,
} from "../store/index.ts";
import { type ClassDescription, describeClasses } from "./classes/class-description.ts";
import { ClassRegistry, isUnusable, type TaskClass } from "./classes/class-registry.ts";
import { type CreateTaskOptions, newTaskRecord } from "./classes/new-task-record.ts";
import { InputError } from "./input-error.ts";
import { findStoredOrEnded } from "./requests/find-stored.ts";
import type { PersonsRequest } from "./requests/request-effects.ts";
import { RequestHandler } from "./requests/request-handler.ts";
import { submitRequest } from "./requests/submit-request.ts";
import type { Clock, ExportedClass, Logger, ServiceOptions, WorkerServiceOptions } from "./service-options.ts";
import { SuspendedDeadline, TaskDeadline } from "./tick/task-deadline.ts";
import { Tick } from "./tick/tick.ts";
import type { TickFilter } from "./tick/tick-filter.ts";
import type { TickObserver } from "./tick/tick-observer.ts";
import type { TickReport } from "./tick/tick-report.ts";

/** Milliseconds (iTop: `max_execution_time`, 30 seconds). */
const DEFAULT_MAX_EXECUTION_TIME = 30_000;
/** Opening the store takes part of the time budget if it takes longer than this, in milliseconds, as it does from about 50,000 tasks on. */
const FREE_OPENING = 1_000;
/** The share of the time budget that is left in any case, so that each tick gets something done. */
const LEAST_SHARE = 0.1;

/** The maximum number of class names in a message. */
const MOST_NAMED = 12;

// biome-ignore lint/suspicious/noExplicitAny: tasks of every params type.
type AnyTaskClass = abstract new (params: any) => AnyTask;

/**
 * Executes stored tasks (iTop: `BackgroundTaskExService`): acquires the mutex, goes through the tasks by type and status, and executes
 * their actions until the time budget is spent. Usable in any Node program.
 */
export class BackgroundTaskExService {
  readonly #store: TaskStore;
  readonly #registry: ClassRegistry;
  readonly #maxExecutionTime: number;
  readonly #clock: Clock;
  readonly #worker: Omit<WorkerServiceOptions, keyof ServiceOptions>;
  readonly #observer: TickObserver;
  #processEndTime: number | undefined;
  /** The end time of the current or last tick. */
  #endTime: number | undefined;
  #writer: StoreWriter | undefined;

  constructor(options: ServiceOptions) {
    const { classes, ...others } = options as ServiceOptions & WorkerServiceOptions;
    const exported = classes.map((candidate) => (isExportedClass(candidate) ? candidate : { class: candidate }));
    this.#store = others.store;
    this.#registry = new ClassRegistry(exported, others.loadProblems);
    this.#maxExecutionTime = positive(others.maxExecutionTime ?? DEFAULT_MAX_EXECUTION_TIME);
    this.#clock = others.clock ?? { now: Date.now };
    this.#worker = others;
    this.#observer = others.observer ?? (others.logger ? logging(others.logger) : {});
  }

  /** Creates the service for a tick worker. @internal */
  static forWorker(options: WorkerServiceOptions): BackgroundTaskExService {
    return new BackgroundTaskExService(options);
  }

  /**
   * Executes one tick. Ticks never overlap, in this or any other process on the same store: the later one returns `locked` at once.
   *
   * @throws StoreError if the store cannot be used; InputError if the filter names a task or a class that does not exist.
   */
  async processTasks(filter: TickFilter = {}): Promise<TickReport> {
    const startedAt = this.#clock.now();
    const writer = await this.#store.acquire();
    if (!writer) return { outcome: "locked", durationMs: this.#clock.now() - startedAt, tasks: [] };
    let isNoted = true;
    try {
      return await this.#tick(writer, filter, this.#worker.openingMs ?? this.#clock.now() - startedAt);
    } catch (error) {
      if (error instanceof StoreError) isNoted = await this.#noteInterruption(writer.fence);
      throw error;
    } finally {
      this.#writer = undefined;
      await writer.release();
      // A full disk has room again now: the journal's reserve.
      if (!isNoted) await this.#noteInterruption(writer.fence);
    }
  }

  /** Records that the store failed, and not the action that was being executed. True if that was possible. */
  #noteInterruption(fence: number): Promise<boolean> {
    return this.#store.submit({ kind: "interrupted", fence }).then(
      () => true,
      () => false,
    );
  }

  /**
   * Stores a new task. A current tick of this service executes it too if it has not reached its list yet. Outside a tick the task is stored as
   * a request, which the next tick carries out: `task(id)` shows it, `store.read()` lists it under `requests`.
   *
   * @returns the task with its id and its own copy of the params.
   * @throws InputError if the params are invalid or the class is not among `classes`; StoreError; any error thrown by `createActions`.
   */
  async createTask<Class extends AnyTaskClass>(
    taskClass: Class & CheckedTaskClass<Class>,
    params: NewParamsOf<Class>,
    options: CreateTaskOptions = {},
  ): Promise<InstanceType<Class>> {
    const known = this.#registry.task(taskClass.name);
    if (isUnusable(known)) throw new InputError(known.problem);
    if ((known as unknown) !== taskClass) throw new InputError(`The service was given a different class named ${taskClass.name}.`);
    const record = await this.#create(known, params, options);
    return taskOf(known, record) as InstanceType<Class>;
  }

  /** Like `createTask`, for input from outside the program. @throws as `createTask`. */
  async createTaskByName(className: string, params: unknown, options: CreateTaskOptions = {}): Promise<{ readonly id: string }> {
    const taskClass = this.#registry.task(className);
    if (isUnusable(taskClass)) throw new InputError(taskClass.problem + this.#available());
    const { id } = await this.#create(taskClass, params, options);
    return { id };
  }

  /**
   * Returns a task by its id, or by a name that only one has: as it will be once the requests are carried out that the store has for it. So
   * it finds a task that has just been created, and one that has ended as its history entry.
   *
   * @throws InputError if the task does not exist, or several have that name; StoreError
   */
  task(idOrName: string): Promise<TaskRecord | DamagedTask | HistoryEntry> {
    return findStoredOrEnded(this.#store, idOrName);
  }

  /**
   * Cancels a task. One that is being executed, in this or another process, is aborted within a second; without a tick it ends at the next.
   *
   * @throws InputError if no such task is stored; StoreError
   */
  cancel(idOrName: string): Promise<void> {
    return this.#request("cancel", idOrName);
  }

  /** Retries a failed task, or one that waits for its next attempt. @throws InputError if it is neither, or is not stored; StoreError */
  retry(idOrName: string): Promise<void> {
    return this.#request("retry", idOrName);
  }

  /** Pauses a task: ticks skip it until `resume`. @throws InputError if it is already paused, or is not stored; StoreError */
  pause(idOrName: string): Promise<void> {
    return this.#request("pause", idOrName);
  }

  /** Resumes a task paused by `pause`. @throws InputError if it is not, or is not stored; StoreError */
  resume(idOrName: string): Promise<void> {
    return this.#request("resume", idOrName);
  }

  /** Describes the classes the service knows, with the next occurrences of scheduled ones: by default up to five. */
  describeClasses(occurrences?: number): readonly ClassDescription[] {
    return describeClasses(this.#registry, this.#clock.now(), occurrences);
  }

  /** True if the current tick has used up its time (iTop: `IsTimeoutReached`). */
  isTimeoutReached(): boolean {
    const endTime = this.#processEndTime ?? this.#endTime;
    return endTime !== undefined && this.#clock.now() >= endTime;
  }

  /** Ends ticks at this time, in epoch milliseconds, instead of after `maxExecutionTime` (iTop: `SetProcessEndTime`). */
  setProcessEndTime(epochMs: number): void {
    if (!Number.isFinite(epochMs))
      throw new RangeError(`The process end time must be a number of milliseconds since 1970, not ${String(epochMs)}.`);
    this.#processEndTime = epochMs;
  }

  async #tick(writer: StoreWriter, filter: TickFilter, openingMs: number): Promise<TickReport> {
    this.#writer = writer;
    const now = this.#clock.now();
    const { lookedAt = new Set<string>(), death, interrupted, signal, callAuthor, isTimeSuspended = false } = this.#worker;
    const plannedEnd = this.#processEndTime ?? now + budgetAfter(openingMs, this.#maxExecutionTime);
    const endTime = isTimeSuspended ? Number.POSITIVE_INFINITY : plannedEnd;
    this.#endTime = endTime;
    const observer = this.#observer;
    observer.tickStarted?.({ fence: writer.fence, endTime: plannedEnd, warnings: writer.warnings });
    for (const warning of writer.warnings) observer.warning?.(warning);
    const clock = this.#clock;
    const context = {
      writer,
      registry: this.#registry,
      clock,
      observer,
      endTime,
      budget: plannedEnd - now,
      isTimeSuspended,
      deadline: (end: number, reasonAtEnd?: () => DOMException) =>
        isTimeSuspended ? new SuspendedDeadline(plannedEnd - now, clock) : new TaskDeadline(end, clock, reasonAtEnd),
      captureError: this.#worker.captureError ?? captureError,
      ...(callAuthor && { callAuthor }),
    };
    const requests = new RequestHandler(writer, {
      clock,
      mustStop: () => signal?.aborted === true || clock.now() >= endTime,
      warn: (message) => observer.warning?.(message),
    });
    try {
      const report = await new Tick(context, requests, { filter, lookedAt, death, interrupted, signal }).run();
      await writer.flush();
      return report;
    } finally {
      await requests.close();
    }
  }

  async #request(kind: PersonsRequest, idOrName: string): Promise<void> {
    await submitRequest(this.#store, kind, idOrName);
  }

  #available(): string {
    const names = this.#registry.taskNames();
    const more = names.length - MOST_NAMED;
    if (names.length === 0) return " There are no task classes.";
    return ` Task classes: ${names.slice(0, MOST_NAMED).join(", ")}${more > 0 ? ` and ${more} more` : ""}.`;
  }

  async #create(taskClass: TaskClass, params: unknown, options: CreateTaskOptions): Promise<TaskRecord> {
    const record = await newTaskRecord(taskClass, params, options, this.#registry, this.#clock.now());
    if (this.#writer) {
      this.#writer.append({ changes: [{ kind: "create", task: record }] });
      await this.#writer.flush();
    } else {
      await this.#store.submit({ kind: "create", tasks: [record] });
    }
    return record;
  }
}

function isExportedClass(candidate: unknown): candidate is ExportedClass {
  return typeof candidate === "object" && candidate !== null && "class" in candidate;
}

/** The author's object for a record that no tick is processing. */
function taskOf(taskClass: TaskClass, record: TaskRecord): AnyTask {
  const task = new taskClass(structuredClone(record.params));
  const { id, name, type, status, message } = record;
  task[HOST] = {
    id,
    name,
    type,
    status,
    message,
    createdAt: new Date(record.createdAt),
    currentAction: () => null,
    takeNextAction: () => null,
  };
  return task;
}

function logging(logger: Logger): TickObserver {
  return {
    actionEnded: (task, { name, outcome, attempt, error }) => {
      const text = `${task.name} (${task.id}): ${name} ${outcome}, attempt ${attempt}${error ? `: ${error.name}: ${error.message}` : ""}`;
      if (outcome === "failed") logger.error(text);
      else if (outcome === "will-retry") logger.warn(text);
      else logger.info(text);
    },
    warning: (message) => logger.warn(message),
  };
}

/** What is left of the time budget once the store is open, in milliseconds. */
function budgetAfter(openingMs: number, maxExecutionTime: number): number {
  if (openingMs <= FREE_OPENING) return maxExecutionTime;
  return Math.max(maxExecutionTime - openingMs, maxExecutionTime * LEAST_SHARE);
}

function positive(milliseconds: number): number {
  if (Number.isFinite(milliseconds) && milliseconds > 0) return milliseconds;
  throw new RangeError(`maxExecutionTime must be a positive number of milliseconds, not ${String(milliseconds)}.`);
}

/** Maximum number of causes of an error to follow. */
const CAUSES = 5;

/** Converts an error to its stored form without mapping it to sources: the default of an embedded service. */
function captureError(thrown: unknown, depth = CAUSES): ErrorRecord {
  if (!(thrown instanceof Error)) {
    const message = `A value that is not an error was thrown: ${String(thrown)}`;
    return { name: "NonError", message, stack: `NonError: ${message}` };
  }
  const { name, message, stack = `${name}: ${message}`, cause } = thrown;
  return { name, message, stack, ...(cause !== undefined && depth > 0 ? { cause: captureError(cause, depth - 1) } : {}) };
}
