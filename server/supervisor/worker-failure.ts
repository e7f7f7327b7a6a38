import { InputError } from "../service/input-error.ts";
import { StoreError } from "../store/contract/store-error.ts";
import type { ErrorRecord } from "../store/contract/task-record.ts";
import type { JobFailure } from "../worker/channel/messages.ts";

/**
 * `job`: something threw in a job, an author's method in the creation of a task, the engine elsewhere. `process`: the worker could not be
 * started, or its process ended or was spoiled by what it executed.
 */
export type WorkerErrorOrigin = "job" | "process";

/** A worker's job failed: an author's method threw, or the worker could not do its work at all. */
export class WorkerError extends Error {
  /** The error thrown in the worker, with its position in the user's sources. */
  readonly record: ErrorRecord;
  readonly origin: WorkerErrorOrigin;

  constructor(record: ErrorRecord, origin: WorkerErrorOrigin) {
    super(record.message);
    this.origin = origin;
    this.name = record.name;
    this.stack = record.stack;
    this.record = record;
  }
}

/** Recreates the worker's error in this process. */
export function failureFrom(failure: JobFailure): Error {
  switch (failure.reason) {
    case "input":
      return new InputError(failure.message);
    case "store":
      return new StoreError(failure.code, failure.message);
    case "start":
      return new WorkerError({ name: "WorkerStartError", message: failure.message, stack: failure.message }, "process");
    case "error":
      return new WorkerError(failure.error, "job");
  }
}
