/** The stores' public API, including everything needed to implement another store. */

export { StoreError, type StoreErrorCode } from "./contract/store-error.ts";
export type {
  ActionId,
  ActionOutcome,
  ActionRecord,
  AttemptRecord,
  DamagedEntry,
  DamagedTask,
  ErrorRecord,
  FailureRecord,
  HistoryAction,
  HistoryEntry,
  ParamsEdit,
  ScheduleRecord,
  StackFrame,
  TaskId,
  TaskOutcome,
  TaskRecord,
  TaskStatus,
  Timestamp,
} from "./contract/task-record.ts";
export type { HistoryOptions, StoreSnapshot, StoreWriter, TaskStore } from "./contract/task-store.ts";
export type { ActionChange, Change, RequestBody, TaskChange, TaskRequest, Transaction } from "./contract/transaction.ts";
export { type Durability, JsonTaskStore, type JsonTaskStoreOptions } from "./json-task-store.ts";
export { MemoryTaskStore } from "./memory-task-store.ts";
export type { MutexHolder } from "./mutex/tick-mutex.ts";
