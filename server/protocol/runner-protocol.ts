import type { DebugTarget } from "./debug-target.ts";
import type { FolderChange, FolderSnapshot } from "./folder-state.ts";
import type { OutputEvent } from "./tick-event.ts";

/*
 * What the client and the runner say to each other beyond the Language Server Protocol. Names of methods are constants here, so that both ends
 * cannot differ.
 */

/** How the client starts the runner, in `initializationOptions`. A client that says nothing of trust counts as trusted. */
export interface RunnerOptions {
  readonly trusted?: boolean;
  /** The editor's own Node, for when there is no other: its binary and what to set in the environment to use it as Node. */
  readonly editorNode?: { readonly path: string; readonly env: Readonly<Record<string, string>> };
  /** True when the client draws progress, the end-of-line notes and failure commands itself (VS Code). */
  readonly drawsProgress?: boolean;
}

export interface FolderParams {
  /** URI of the workspace folder. */
  readonly folder: string;
}

export interface TickFilterParams {
  readonly task?: string;
  readonly class?: string;
}

/** Requests of the client; the comment says what they answer. All fail with a message for people, and `data.code` where it is known. */
export const requests = {
  /** () → FolderSnapshot[] */
  state: "backgroundTasks/state",
  /** RunTickParams → TickAnswer */
  runTick: "backgroundTasks/runTick",
  /** FolderParams → null */
  cancelTick: "backgroundTasks/cancelTick",
  /** CreateTaskParams → { id } */
  createTask: "backgroundTasks/createTask",
  /** TaskRequestParams → null */
  taskRequest: "backgroundTasks/taskRequest",
  /** EditParamsParams → null */
  editParams: "backgroundTasks/editParams",
  /** RenameClassParams → { tasks }: how many stored tasks were handed over */
  renameClass: "backgroundTasks/renameClass",
  /** TaskParams → TaskDataJson */
  taskData: "backgroundTasks/taskData",
  /** HistoryParams → { entries } as `history --json` prints it */
  history: "backgroundTasks/history",
  /** DismissFailureParams → null */
  dismissFailure: "backgroundTasks/dismissFailure",
  /** PrepareDebugParams → DebugLaunch */
  prepareDebug: "backgroundTasks/prepareDebug",
  /** DebuggedParams → TickAnswer: the debugger has ended, or could not be started; the tick ends with it if it has not before */
  endDebug: "backgroundTasks/endDebug",
  /** FailureParams → DebugFailureLaunch; a failed attempt of a task that has ended, too. Changes nothing that is stored */
  prepareDebugFailure: "backgroundTasks/prepareDebugFailure",
  /** DebuggedParams → null: the debugger knows where to stop; task files are loaded now, and the attempt is made again */
  beginDebugFailure: "backgroundTasks/beginDebugFailure",
  /** DebuggedParams → DebugFailureAnswer: the debugger has ended, or could not be started */
  endDebugFailure: "backgroundTasks/endDebugFailure",
  /** FolderParams → null: look at the task files now */
  refreshClasses: "backgroundTasks/refreshClasses",
} as const;

export const notifications = {
  /** Runner → client: FolderChange */
  changed: "backgroundTasks/changed",
  /** Runner → client: OutputParams */
  output: "backgroundTasks/output",
  /** Runner → client: ClassRenamedParams, once for each; nothing is handed over by itself */
  classRenamed: "backgroundTasks/classRenamed",
  /** Client → runner: TrustParams */
  trust: "backgroundTasks/trust",
} as const;

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

export interface TaskParams extends FolderParams {
  readonly task: string;
}

export interface TaskRequestParams extends TaskParams {
  readonly kind: "cancel" | "retry" | "pause" | "resume";
}

export interface EditParamsParams extends TaskParams {
  /** Id or name. */
  readonly action: string;
  readonly params: unknown;
  /** What the person has seen: when the action has other params by now, the edit is refused. */
  readonly before?: unknown;
}

export interface RenameClassParams extends FolderParams {
  readonly kind: "task" | "action";
  readonly from: string;
  readonly to: string;
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
