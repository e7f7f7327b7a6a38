import type { ActionClass } from "./action-class.ts";
import { HOST, markDefault, TASK_BRAND } from "./brand.ts";
import { type AnyAction, hostOf, type TaskHost } from "./host.ts";
import type { JsonParams } from "./json.ts";
import type { ParamsSchema } from "./params-schema.ts";
import type { Schedule } from "./schedule.ts";

/** `interactive` tasks are requested by a user and are executed first; `cron` tasks use the remaining time. */
export type TaskType = "interactive" | "cron";

/** What happens to a task when one of its actions has failed for good: continue with the next action, or stop and wait for the user. */
export type OnActionFailed = "continue" | "stop";

/** A resumable piece of work made of ranked actions (iTop: `BackgroundTaskEx`). */
export abstract class BackgroundTaskEx<Params extends JsonParams<Params> = Record<never, never>> {
  /** The action classes in rank order; each action gets a copy of the task's params. Ignored if `createActions` is overridden. */
  // biome-ignore lint/suspicious/noExplicitAny: a static member cannot see the class's type argument.
  static readonly actions: readonly ActionClass<any>[] = [];
  /** Default `continue`. `stop` keeps the task `failed` until it is retried or cancelled. */
  static readonly onActionFailed: OnActionFailed = "continue";
  /** If set, a task of this class is created and executed each time the schedule is due. */
  static readonly schedule: Schedule | undefined;
  /**
   * The params of tasks created by the schedule. Default `{}`, completed by any defaults in `static params`. Add `satisfies Params`, so that
   * the compiler compares them with the class's params: a static member cannot see the class's type argument.
   */
  static readonly scheduledParams: unknown;
  /** A [Standard Schema](https://standardschema.dev) that validates params when a task is created. */
  static readonly params: ParamsSchema | undefined;
  /** @internal */
  static readonly [TASK_BRAND] = true;

  /** @internal */
  declare [HOST]?: TaskHost;

  /** The data of the whole task, through which actions share results. Saved together with the current action's params. */
  params: Params;

  constructor(params: Params) {
    this.params = params;
  }

  /**
   * Creates the task's actions if a fixed list is not enough. Called once, when the task is created. Export every class used from a task
   * file; otherwise the task cannot be resumed.
   */
  createActions(): readonly AnyAction[] | Promise<readonly AnyAction[]> {
    return [];
  }

  /** The action that is running or paused, or `null` (iTop: `GetCurrentAction`). */
  getCurrentAction(): AnyAction | null {
    return hostOf(this[HOST], "task.getCurrentAction()").currentAction();
  }

  /**
   * Makes the action with the lowest rank the current one and returns it, or `null` if none is left (iTop: `GetNextAction`). Override it to
   * create actions on demand: a new action that it returns is added to the task.
   */
  getNextAction(): AnyAction | null | Promise<AnyAction | null> {
    return hostOf(this[HOST], "task.getNextAction()").takeNextAction();
  }

  get id(): string {
    return hostOf(this[HOST], "task.id").id;
  }

  get name(): string {
    return hostOf(this[HOST], "task.name").name;
  }

  get type(): TaskType {
    return hostOf(this[HOST], "task.type").type;
  }

  get status(): string {
    return hostOf(this[HOST], "task.status").status;
  }

  get createdAt(): Date {
    return hostOf(this[HOST], "task.createdAt").createdAt;
  }

  /** Shown beside the task's name; actions may set it. Saved with the next transition. */
  get message(): string {
    return hostOf(this[HOST], "task.message").message;
  }

  set message(message: string) {
    hostOf(this[HOST], "task.message").message = message;
  }
}

markDefault(BackgroundTaskEx.prototype.createActions);
markDefault(BackgroundTaskEx.prototype.getNextAction);
