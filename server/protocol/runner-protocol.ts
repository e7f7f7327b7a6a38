import type { HistoryJson } from "../json/history-json.ts";
import type { DamagedTaskJson } from "../json/list-json.ts";
import type { TaskDataJson } from "../json/task-data-json.ts";
import type { TickJson } from "../json/tick-json.ts";
import type { DebugTarget } from "./debug-target.ts";
import type { FolderChange, FolderSnapshot } from "./folder-state.ts";
import type { OutputEvent } from "./tick-event.ts";

/*
 * The messages between client and runner beyond the Language Server Protocol. Both ends take names, params and results from here, so that
 * the compiler rejects mismatches.
 */

/** `initializationOptions` with which the client starts the runner. A client that does not mention trust counts as trusted. */
export interface RunnerOptions {
  readonly trusted?: boolean;
  /** The editor's own Node, as a fallback: its binary, and the environment needed to use it as Node. */
  readonly editorNode?: { readonly path: string; readonly env: Readonly<Record<string, string>> };
  /** True for this package's extension: it draws progress, notes and output itself, and has commands that others lack. */
  readonly isOwnClient?: boolean;
}

export interface FolderParams {
  /** URI of the workspace folder. */
  readonly folder: string;
}

export interface TickFilterParams {
  readonly task?: string;
  readonly class?: string;
}

/** The params and the result of a request. */
interface Exchange<Params, Result> {
  readonly params: Params;
  readonly result: Result;
}

/** Requests from the client to the runner. Every request fails with a message for users, and `data.code` if known. */
export interface Requests {
  /** Returns the state of all folders; the client is notified of changes from then on. */
  readonly state: Exchange<Readonly<Record<string, never>>, readonly FolderSnapshot[]>;
  readonly runTick: Exchange<RunTickParams, TickAnswer>;
  readonly cancelTick: Exchange<FolderParams, null>;
  readonly createTask: Exchange<CreateTaskParams, CreatedTask>;
  readonly taskRequest: Exchange<TaskRequestParams, null>;
  readonly editParams: Exchange<EditParamsParams, null>;
  readonly renameClass: Exchange<RenameClassParams, RenamedClass>;
  readonly taskData: Exchange<TaskParams, TaskDataJson | DamagedTaskJson>;
  readonly history: Exchange<HistoryParams, HistoryJson>;
  readonly dismissFailure: Exchange<DismissFailureParams, null>;
  readonly prepareDebug: Exchange<PrepareDebugParams, DebugLaunch>;
  /** The debugger has ended, or could not be started; this also ends a tick that is still running. */
  readonly endDebug: Exchange<DebuggedParams, TickAnswer>;
  /** Prepares debugging a failed attempt, even of a task that has ended. Does not change the store. */
  readonly prepareDebugFailure: Exchange<FailureParams, DebugFailureLaunch>;
  /** The debugger knows where to stop: loads the task files and repeats the attempt. */
  readonly beginDebugFailure: Exchange<DebuggedParams, null>;
  /** The debugger has ended, or could not be started. */
  readonly endDebugFailure: Exchange<DebuggedParams, DebugFailureAnswer>;
  /** Scans the task files now. */
  readonly refreshClasses: Exchange<FolderParams, null>;
}

export type Verb = keyof Requests;
export type ParamsOf<V extends Verb> = Requests[V]["params"];
export type ResultOf<V extends Verb> = Requests[V]["result"];

/** The method names of the requests. */
export const requests: { readonly [V in Verb]: `backgroundTasks/${V}` } = {
  state: "backgroundTasks/state",
  runTick: "backgroundTasks/runTick",
  cancelTick: "backgroundTasks/cancelTick",
  createTask: "backgroundTasks/createTask",
  taskRequest: "backgroundTasks/taskRequest",
  editParams: "backgroundTasks/editParams",
  renameClass: "backgroundTasks/renameClass",
  taskData: "backgroundTasks/taskData",
  history: "backgroundTasks/history",
  dismissFailure: "backgroundTasks/dismissFailure",
  prepareDebug: "backgroundTasks/prepareDebug",
  endDebug: "backgroundTasks/endDebug",
  prepareDebugFailure: "backgroundTasks/prepareDebugFailure",
  beginDebugFailure: "backgroundTasks/beginDebugFailure",
  endDebugFailure: "backgroundTasks/endDebugFailure",
  refreshClasses: "backgroundTasks/refreshClasses",
};

/** Notifications from the runner to the client, with their params. */
export interface RunnerNotifications {
  readonly changed: FolderChange;
  readonly output: OutputParams;
  /** Sent once for each renamed class; tasks are never reassigned automatically. */
  readonly classRenamed: ClassRenamedParams;
}

/** Notifications from the client to the runner, with their params. */
export interface ClientNotifications {
  readonly trust: TrustParams;
}

/** The method names of the notifications. */
export const notifications: { readonly [N in keyof (RunnerNotifications & ClientNotifications)]: `backgroundTasks/${N}` } = {
  changed: "backgroundTasks/changed",
  output: "backgroundTasks/output",
  classRenamed: "backgroundTasks/classRenamed",
  trust: "backgroundTasks/trust",
};

export interface RunTickParams extends FolderParams, TickFilterParams {
  readonly startedBy: "person" | "automatic";
}

/** The summary of a tick that is shown to users; the output has the full report. */
export interface TickAnswer {
  readonly outcome: "done" | "time-budget-spent" | "locked" | "cancelled";
  readonly durationMs: number;
  readonly tasks: number;
  readonly failures: number;
  readonly paused: number;
  /** The tasks it did not execute, by the reason. */
  readonly skipped?: NonNullable<TickJson["skipped"]>;
  /** The file that records the owner of a locked mutex, if it is not certain whether that process still runs. */
  readonly doubtfulClaim?: string;
}

export interface CreateTaskParams extends FolderParams {
  readonly class: string;
  readonly params: unknown;
  readonly name?: string;
  readonly type?: "interactive" | "cron";
}

export interface CreatedTask {
  readonly id: string;
}

export interface TaskParams extends FolderParams {
  readonly task: string;
}

export interface TaskRequestParams extends TaskParams {
  readonly kind: "cancel" | "retry" | "pause" | "resume";
}

export interface EditParamsParams extends TaskParams {
  /** Id or name; default: the current action. */
  readonly action?: string;
  readonly params: unknown;
  /** The params the user saw: the edit is refused if the action has other params by now. */
  readonly before?: unknown;
}

export interface RenameClassParams extends FolderParams {
  readonly kind: "task" | "action";
  readonly from: string;
  readonly to: string;
}

export interface RenamedClass {
  /** How many stored tasks were reassigned. */
  readonly tasks: number;
}

/** The class `from`, which stored tasks use, no longer exists, and `to` is new in the same file. */
export interface ClassRenamedParams extends RenameClassParams {
  /** How many stored tasks are affected. */
  readonly tasks: number;
}

export interface FailureParams extends TaskParams {
  /** An id or, for debugging, a position in a history entry. Empty if the task failed as a whole. */
  readonly action: string;
}

export interface DismissFailureParams extends TaskParams {
  /** Empty: the task's own failure. Omitted: every failure of the task. */
  readonly action?: string;
}

export interface HistoryParams extends FolderParams {
  readonly limit?: number;
}

export interface PrepareDebugParams extends FolderParams, TickFilterParams {}

/** A process that waits for a debugger to start it or attach to it. */
export interface DebugLaunch {
  /** Identifies it in later requests. */
  readonly id: string;
  readonly target: DebugTarget;
  /** Glob patterns of the bundles whose source maps lead to the user's sources. */
  readonly outFiles: readonly string[];
  /** Files that stepping skips. */
  readonly skipFiles: readonly string[];
}

export interface DebuggedParams extends FolderParams {
  readonly id: string;
}

/** A failed attempt that is repeated once a debugger has attached and the client has said so. */
export interface DebugFailureLaunch extends DebugLaunch {
  /** Name of the action, or of the task that failed as a whole. */
  readonly name: string;
  /** Starts at 1; omitted if the task failed as a whole. */
  readonly attempt?: number;
  /** The error at which a debugger should stop. Omitted if nothing was thrown: the process died, or was terminated. */
  readonly thrown?: { readonly message: string };
}

export interface DebugFailureAnswer {
  /** `stopped`: no result, because the debugger ended first. */
  readonly outcome: "failed-again" | "failed-differently" | "passed" | "stopped";
  /** The error this time. */
  readonly error?: { readonly name: string; readonly message: string };
  /** How the unchanged stored action can get another attempt; omitted if it cannot. */
  readonly triedAgain?: "by-next-tick" | "on-request";
}

export interface OutputParams {
  readonly folder: string;
  readonly level: "info" | "warning" | "error";
  readonly text: string;
  /** Output of user code; absent for the runner's own lines. */
  readonly output?: OutputEvent;
}

export interface TrustParams {
  readonly trusted: boolean;
}

/** Commands of the language server, for every LSP client: `workspace/executeCommand` with one object as its argument. */
export const serverCommands = [
  "background-tasks.tick",
  "background-tasks.cancelTick",
  "background-tasks.create",
  "background-tasks.retry",
  "background-tasks.cancel",
  "background-tasks.pause",
  "background-tasks.resume",
  "background-tasks.editParams",
  "background-tasks.renameClass",
  "background-tasks.dismissFailure",
  "background-tasks.list",
  "background-tasks.history",
] as const;

export type { DebugTarget, FolderChange, FolderSnapshot };
