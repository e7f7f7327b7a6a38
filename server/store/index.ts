export { changedTask, indexOfAction } from "./contract/changed-task.ts";
export { toHistoryEntry } from "./contract/history-entry.ts";
export { StoreError, type StoreErrorCode } from "./contract/store-error.ts";
export * from "./contract/task-record.ts";
export type { StoreSnapshot, StoreWriter, TaskStore } from "./contract/task-store.ts";
export type { ActionChange, Change, RequestBody, TaskChange, TaskRequest, Transaction } from "./contract/transaction.ts";
export { type Durability, JsonTaskStore, type JsonTaskStoreOptions } from "./json-task-store.ts";
export { MemoryTaskStore } from "./memory-task-store.ts";
export type { MutexHolder } from "./mutex/tick-mutex.ts";
