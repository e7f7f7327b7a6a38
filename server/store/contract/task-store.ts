import type { TaskType } from "../../authoring/index.ts";
import type { DamagedTask, HistoryEntry, ScheduleRecord, TaskId, TaskRecord, TaskStatus } from "./task-record.ts";
import type { RequestBody, TaskRequest, Transaction } from "./transaction.ts";

/**
 * Where tasks live (iTop: the `BackgroundTaskEx` tables). One process at a time writes, as the holder of the mutex; everybody may
 * read, and ask for changes through requests, at any time and without waiting for the writer.
 *
 * Every implementation passes the contract tests in `test/store/task-store-contract.ts`.
 */
export interface TaskStore {
  /**
   * Takes the tick mutex. `null` at once when another living process (or another writer of this one) holds it; a dead owner never
   * keeps it. @throws StoreError
   */
  acquire(): Promise<StoreWriter | null>;

  /** What is stored now, whoever wrote it. @throws StoreError */
  read(): Promise<StoreSnapshot>;

  /** Leaves a request to whoever ticks next or is ticking now; durable when it resolves. Returns its id. @throws StoreError */
  submit(body: RequestBody): Promise<string>;

  /** Ended tasks, newest first. `limit` defaults to all that rotation has kept. @throws StoreError */
  history(options?: { readonly limit?: number }): Promise<readonly HistoryEntry[]>;

  /** Calls back after the stored state may have changed, whichever process changed it. Returns what ends that. */
  watch(onChange: () => void): () => void;

  /** Releases every handle; a writer still open is released too. */
  close(): Promise<void>;
}

/** One consistent state. Records and collections are not changed afterwards. */
export interface StoreSnapshot {
  /** Oldest first. */
  readonly tasks: readonly TaskRecord[];
  readonly damaged: readonly DamagedTask[];
  readonly schedules: readonly ScheduleRecord[];
  /** Not yet fulfilled, oldest first. */
  readonly requests: readonly TaskRequest[];
}

/** The store in the hands of the mutex's holder. */
export interface StoreWriter {
  /** Grows with each holder: tells this tick from every other. */
  readonly fence: number;
  /** What had to be repaired when the store was opened, in words for people. */
  readonly warnings: readonly string[];

  task(id: TaskId): TaskRecord | undefined;
  /** Oldest first. */
  tasks(): Iterable<TaskRecord>;
  /** Oldest first; the cost does not grow with tasks of other types and statuses. */
  tasksWith(type: TaskType, status: TaskStatus): readonly TaskRecord[];
  damaged(): readonly DamagedTask[];
  schedule(name: string): ScheduleRecord | undefined;

  /**
   * Adds a transaction: seen by this writer's reads at once, by others and after a crash once `flush` resolves. Transactions are kept in
   * order; those flushed together are made durable together. @throws StoreError when an earlier flush failed.
   */
  append(transaction: Transaction): void;

  /**
   * Resolves when everything appended before is as durable as the store was told to be. `durable: false` hands it to the operating
   * system only, whatever the store was told. @throws StoreError; then nothing further can be written by this writer.
   */
  flush(options?: { readonly durable?: boolean }): Promise<void>;

  /** True when there may be requests to take; costs no I/O. */
  readonly hasRequests: boolean;
  /** The requests not yet fulfilled, oldest first. Each leaves with the transaction that names it. */
  takeRequests(): Promise<readonly TaskRequest[]>;
  /** Calls back soon (well within a second) after another process has left a request. */
  onRequest(listener: () => void): () => void;

  /** Flushes, tidies up, and gives the mutex back. */
  release(): Promise<void>;
}
