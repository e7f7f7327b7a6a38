export type { TaskType } from "../authoring/index.ts";
export type { ErrorRecord, FailureRecord, TaskId, TaskRecord, TaskStatus } from "../store/index.ts";
