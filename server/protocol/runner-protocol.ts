import type { HistoryJson } from "../json/history-json.ts";
import type { DamagedTaskJson } from "../json/list-json.ts";
import type { TaskDataJson } from "../json/task-data-json.ts";
import type { DebugTarget } from "./debug-target.ts";
import type { FolderChange, FolderSnapshot } from "./folder-state.ts";
import type { OutputEvent } from "./tick-event.ts";

/*
 * What the client and the runner say to each other beyond the Language Server Protocol. Both ends take names, params and results from here, so
 * that the compiler refuses whatever the other end would not understand.
 */

/** How the client starts the runner, in `initializationOptions`. A client that says nothing of trust counts as trusted. */
export interface RunnerOptions {
  readonly trusted?: boolean;
  /** The editor's own Node, for when there is no other: its binary and what to set in the environment to use it as Node. */
  readonly editorNode?: { readonly path: string; readonly env: Readonly<Record<string, string>> };
  /** True for the extension of this package: it draws progress, notes and output itself, and has commands that others lack. */
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

/** What a request is sent with, and what it is answered with. */
interface Exchange<Params, Result> {
  readonly params: Params;
  readonly result: Result;
}

/** What the client asks of the runner. Every request fails with a message for people, and `data.code` where it is known. */
export interface Requests {
  /** Everything that the runner follows; from then on the client is told how it changes. */
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
  /** The debugger has ended, or could not be started; the tick ends with it if it has not before. */
  readonly endDebug: Exchange<DebuggedParams, TickAnswer>;
  /** A failed attempt, also of a task that has ended. Changes nothing that is stored. */
  readonly prepareDebugFailure: Exchange<FailureParams, DebugFailureLaunch>;
  /** The debugger knows where to stop: task files are loaded now, and the attempt is made again. */
  readonly beginDebugFailure: Exchange<DebuggedParams, null>;
  /** The debugger has ended, or could not be started. */
  readonly endDebugFailure: Exchange<DebuggedParams, DebugFailureAnswer>;
  /** Looks at the task files now. */
  readonly refreshClasses: Exchange<FolderParams, null>;
}

export type Verb = keyof Requests;
export type ParamsOf<V extends Verb> = Requests[V]["params"];
export type ResultOf<V extends Verb> = Requests[V]["result"];

/** The methods of the requests, as they are sent. */
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

/** What the runner tells the client, and the params of each. */
export interface RunnerNotifications {
  readonly changed: FolderChange;
  readonly output: OutputParams;
  /** Once for each renamed class; nothing is handed over by itself. */
  readonly classRenamed: ClassRenamedParams;
}

/** What the client tells the runner, and the params of each. */
export interface ClientNotifications {
  readonly trust: TrustParams;
}

/** The methods of the notifications, as they are sent. */
export const notifications: { readonly [N in keyof (RunnerNotifications & ClientNotifications)]: `backgroundTasks/${N}` } = {
  changed: "backgroundTasks/changed",
  output: "backgroundTasks/output",
  classRenamed: "backgroundTasks/classRenamed",
  trust: "backgroundTasks/trust",
};

export interface RunTickParams extends FolderParams, TickFilterParams {
  readonly startedBy: "person" | "automatic";
}

/** What a person is told of a tick; the whole report goes to the output. */
export interface TickAnswer {
  readonly outcome: "done" | "time-budget-spent" | "locked" | "cancelled";
  readonly durationMs: number;
  readonly tasks: number;
  readonly failures: number;
  readonly paused: number;
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
  /** Id or name; the current action when left out. */
  readonly action?: string;
  readonly params: unknown;
  /** What the person has seen: when the action has other params by now, the edit is refused. */
  readonly before?: unknown;
}

export interface RenameClassParams extends FolderParams {
  readonly kind: "task" | "action";
  readonly from: string;
  readonly to: string;
}

export interface RenamedClass {
  /** How many stored tasks were handed over. */
  readonly tasks: number;
}

/** The class `from`, which stored tasks need, is gone, and `to` is new in the same file. */
export interface ClassRenamedParams extends RenameClassParams {
  /** How many stored tasks are concerned. */
  readonly tasks: number;
}

export interface FailureParams extends TaskParams {
  /** An id, or, to debug it, a position in a history entry. Empty where the task failed as a whole. */
  readonly action: string;
}

export interface DismissFailureParams extends TaskParams {
  /** Empty: what failed of the task itself. Without it everything that failed of the task. */
  readonly action?: string;
}

export interface HistoryParams extends FolderParams {
  readonly limit?: number;
}

export interface PrepareDebugParams extends FolderParams, TickFilterParams {}

/** A process that waits for a debugger to start it, or to attach to it. */
export interface DebugLaunch {
  /** For the requests that follow. */
  readonly id: string;
  readonly target: DebugTarget;
  /** Glob patterns of the bundles whose maps lead to the user's sources. */
  readonly outFiles: readonly string[];
  /** Files that stepping never shows. */
  readonly skipFiles: readonly string[];
}

export interface DebuggedParams extends FolderParams {
  readonly id: string;
}

/** A failed attempt that is made again once a debugger has come and has said so. */
export interface DebugFailureLaunch extends DebugLaunch {
  /** Of the action, or of the task that failed as a whole. */
  readonly name: string;
  /** Counted from 1; left out where the task failed as a whole. */
  readonly attempt?: number;
  /** What a debugger is to stop at. Left out where nothing was thrown: the process died, or had to be ended. */
  readonly thrown?: { readonly message: string };
}

export interface DebugFailureAnswer {
  /** `stopped`: nothing came of it, because the debugger was ended before. */
  readonly outcome: "failed-again" | "failed-differently" | "passed" | "stopped";
  /** What it failed with this time. */
  readonly error?: { readonly name: string; readonly message: string };
  /** How the stored action, which is as it was, may come to another attempt; left out where it does not. */
  readonly triedAgain?: "by-next-tick" | "on-request";
}

export interface OutputParams {
  readonly folder: string;
  readonly level: "info" | "warning" | "error";
  readonly text: string;
  /** What user code printed; absent for the runner's own lines. */
  readonly output?: OutputEvent;
}

export interface TrustParams {
  readonly trusted: boolean;
}

/** Commands of the language server, for every LSP client: `workspace/executeCommand` with one object as argument. */
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
