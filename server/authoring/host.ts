import type { BackgroundTaskEx } from "./background-task-ex.ts";
import type { BackgroundTaskExAction } from "./background-task-ex-action.ts";
import type { Progress } from "./progress.ts";

// biome-ignore lint/suspicious/noExplicitAny: the engine handles actions and tasks of every params type.
export type AnyAction = BackgroundTaskExAction<any, any>;
// biome-ignore lint/suspicious/noExplicitAny: see above.
export type AnyTask = BackgroundTaskEx<any>;

/** The task of an action that does not name the task's class, which would type `params`. */
export interface UntypedTask extends Omit<AnyTask, "params"> {
  readonly params: unknown;
}

/** Provided to a task by the engine while a tick processes it. */
export interface TaskHost {
  readonly id: string;
  readonly name: string;
  readonly type: "interactive" | "cron";
  readonly status: string;
  readonly createdAt: Date;
  message: string;
  currentAction(): AnyAction | null;
  /** Makes the action with the lowest rank the current one; the engine saves that with the transition's own line. */
  takeNextAction(): AnyAction | null;
}

/** Provided to an action by the engine while it is executed. */
export interface ActionHost {
  readonly id: string;
  readonly task: AnyTask;
  readonly signal: AbortSignal;
  checkpoint(): Promise<void>;
  reportProgress(progress: Progress): void;
}

export function hostOf<Host>(host: Host | undefined, what: string): Host {
  if (host === undefined) {
    throw new Error(
      `${what} is only available while the service executes the object: this one was created directly and belongs to no stored task.`,
    );
  }
  return host;
}
