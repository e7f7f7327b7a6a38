export { changedTask } from "./changed-task.ts";
export { toHistoryEntry } from "./history-entry.ts";
export { type Durability, JsonTaskStore, type JsonTaskStoreOptions } from "./json-task-store.ts";
export { MemoryTaskStore } from "./memory-task-store.ts";
export { StoreError, type StoreErrorCode } from "./store-error.ts";
export * from "./task-record.ts";
export type { StoreSnapshot, StoreWriter, TaskStore } from "./task-store.ts";
export type { MutexHolder } from "./tick-mutex.ts";
export type { ActionChange, Change, RequestBody, TaskChange, TaskRequest, Transaction } from "./transaction.ts";
