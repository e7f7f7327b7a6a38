import type { ActionClass } from "./action-class.ts";
import { HOST, markDefault, TASK_BRAND } from "./brand.ts";
import { type AnyAction, hostOf, type TaskHost } from "./host.ts";
import type { JsonParams } from "./json.ts";
import type { ParamsSchema } from "./params-schema.ts";
import type { Schedule } from "./schedule.ts";

/** `interactive` tasks were asked for by a person and go first; `cron` tasks are executed in what time is left. */
export type TaskType = "interactive" | "cron";

/** What becomes of a task when one of its actions has failed for good: go on with the next action, or stop and wait for a person. */
export type OnActionFailed = "continue" | "stop";

/** A resumable piece of work made of ranked actions (iTop: `BackgroundTaskEx`). */
export abstract class BackgroundTaskEx<Params extends JsonParams<Params> = Record<never, never>> {
  /** The action classes in rank order, each given a copy of the task's params. Not used where `createActions` is overridden. */
  // biome-ignore lint/suspicious/noExplicitAny: a static member cannot see the class's type argument.
  static readonly actions: readonly ActionClass<any>[] = [];
  /** Default `continue`. `stop` keeps the task as `failed` until somebody retries or cancels it. */
  static readonly onActionFailed: OnActionFailed = "continue";
  /** When set, a task of this class is created and executed each time the schedule is due. */
  static readonly schedule: Schedule | undefined;
  /** The params of the tasks that the schedule creates. Default `{}`, completed by the defaults of `static params` if there are any. */
  static readonly scheduledParams: unknown;
  /** A [Standard Schema](https://standardschema.dev) that params are validated by when a task is created. */
  static readonly params: ParamsSchema | undefined;
  /** @internal */
  static readonly [TASK_BRAND] = true;

  /** @internal */
  declare [HOST]?: TaskHost;

  /** What the task as a whole works on; actions share data through it. Saved together with the current action's. */
  params: Params;

  constructor(params: Params) {
    this.params = params;
  }

  /**
   * The task's actions when a fixed list will not do. Called once, when the task is created. Every class used must be exported
   * from a task file, or the task could not be resumed.
   */
  createActions(): readonly AnyAction[] | Promise<readonly AnyAction[]> {
    return [];
  }

  /** The action being executed or paused, or `null` (iTop: `GetCurrentAction`). */
  getCurrentAction(): AnyAction | null {
    return hostOf(this[HOST], "task.getCurrentAction()").currentAction();
  }

  /**
   * Makes the action with the lowest rank current and returns it, `null` when none is left (iTop: `GetNextAction`). Override it to
   * create actions as they are needed: a new action that it returns joins the task.
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

  /** Shown to people beside the task's name; actions may set it. Saved with the next transition. */
  get message(): string {
    return hostOf(this[HOST], "task.message").message;
  }

  set message(message: string) {
    hostOf(this[HOST], "task.message").message = message;
  }
}

markDefault(BackgroundTaskEx.prototype.createActions);
markDefault(BackgroundTaskEx.prototype.getNextAction);
