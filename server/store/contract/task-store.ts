import type { TaskType } from "../../authoring/index.ts";
import type { DamagedEntry, DamagedTask, HistoryEntry, ScheduleRecord, TaskId, TaskRecord, TaskStatus } from "./task-record.ts";
import type { RequestBody, TaskRequest, Transaction } from "./transaction.ts";

/**
 * Stores tasks (iTop: the `BackgroundTaskEx` tables). One process at a time writes, as the holder of the mutex; any process may read, and
 * submit requests for changes, at any time and without waiting for the writer.
 *
 * Every implementation passes the contract tests in `test/store/task-store-contract.ts`.
 */
export interface TaskStore {
  /**
   * Acquires the tick mutex. Returns `null` at once if another living process (or another writer in this one) holds it; a dead owner never
   * keeps it. @throws StoreError
   */
  acquire(): Promise<StoreWriter | null>;

  /** Returns the current state, regardless of which process wrote it. @throws StoreError */
  read(): Promise<StoreSnapshot>;

  /** Submits a request to the current or next tick; durable once it resolves. Returns the request's id. @throws StoreError */
  submit(body: RequestBody): Promise<string>;

  /** Returns ended tasks, newest first. @throws StoreError */
  history(options?: HistoryOptions): Promise<readonly HistoryEntry[]>;

  /** Calls back after the stored state may have changed, in any process. Returns a function that stops watching. */
  watch(onChange: () => void): () => void;

  /** Releases every handle, including an open writer. */
  close(): Promise<void>;
}

export interface HistoryOptions {
  /** Default: everything that rotation has kept. */
  readonly limit?: number;
  /** Is called for each entry that cannot be interpreted, among those that were read. */
  readonly onDamaged?: (entry: DamagedEntry) => void;
}

/** One consistent state. Records and collections never change afterwards. */
export interface StoreSnapshot {
  /** Oldest first. */
  readonly tasks: readonly TaskRecord[];
  readonly damaged: readonly DamagedTask[];
  readonly schedules: readonly ScheduleRecord[];
  /** Not yet fulfilled; oldest first. */
  readonly requests: readonly TaskRequest[];
}

/** Write access to the store, for the holder of the mutex. */
export interface StoreWriter {
  /** Increases with each holder and so identifies this tick. */
  readonly fence: number;
  /** What was repaired when the store was opened, and what was damaged since, as messages. */
  readonly warnings: readonly string[];

  task(id: TaskId): TaskRecord | undefined;
  /** Oldest first. */
  tasks(): Iterable<TaskRecord>;
  /** Oldest first; the cost does not grow with tasks of other types or statuses. */
  tasksWith(type: TaskType, status: TaskStatus): readonly TaskRecord[];
  damaged(): readonly DamagedTask[];
  schedule(name: string): ScheduleRecord | undefined;

  /**
   * Adds a transaction. This writer reads it at once; other readers, and readers after a crash, once `flush` resolves. Transactions keep
   * their order; those flushed together become durable together. @throws StoreError if an earlier flush failed.
   */
  append(transaction: Transaction): void;

  /**
   * Resolves once everything appended before is as durable as the store's setting requires. `durable: false` only hands it to the operating
   * system, regardless of the setting. @throws StoreError, after which this writer cannot write any further
   */
  flush(options?: { readonly durable?: boolean }): Promise<void>;

  /** True if there may be requests to take; needs no I/O. */
  readonly hasRequests: boolean;
  /** True if there may be requests that `takeRequests` has not returned yet; needs no I/O. */
  readonly hasMoreRequests: boolean;
  /**
   * Returns the unfulfilled requests, oldest first: those returned before, and some hundreds that were not. A request is removed together
   * with the transaction that names it. A damaged one adds to `warnings`.
   */
  takeRequests(): Promise<readonly TaskRequest[]>;
  /** Calls back soon (well within a second) after another process has submitted a request. */
  onRequest(listener: () => void): () => void;

  /** Flushes, cleans up and releases the mutex. */
  release(): Promise<void>;
}
