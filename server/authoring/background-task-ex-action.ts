import type { ActionError } from "./action-error.ts";
import { ACTION_BRAND, HOST, markDefault } from "./brand.ts";
import type { Deadline } from "./deadline.ts";
import { type ActionHost, hostOf, type UntypedTask } from "./host.ts";
import type { JsonParams } from "./json.ts";
import type { Progress } from "./progress.ts";
import type { RetryDelay } from "./retry-delay.ts";

export interface ActionOptions {
  /** Display name. Default: the class name. */
  readonly name?: string;
  /** Actions are executed in ascending rank; actions of equal rank in creation order. Default: the position. */
  readonly rank?: number;
}

/**
 * `true`: finished. `false`: paused until the next tick. In a generator, each `yield` is a checkpoint at which the action can be paused.
 */
// biome-ignore lint/suspicious/noConfusingVoidType: a generator that ends without a value returns void.
export type Execution = boolean | Promise<boolean> | AsyncGenerator<unknown, boolean | void, unknown>;

/** Declares contravariantly which params and which task an action accepts; see `Actions`. Never present at run time. */
export declare const ACCEPTS: unique symbol;

/**
 * One step of a task (iTop: `BackgroundTaskExAction`).
 *
 * Only `params` outlive the tick. Keep everything the next chunk needs in them, as plain JSON.
 *
 * @typeParam Task the class of the task that the action belongs to; it types `this.task`, and so the params that actions share.
 */
export abstract class BackgroundTaskExAction<
  Params extends JsonParams<Params> = Record<never, never>,
  Task extends UntypedTask = UntypedTask,
> {
  /** Maximum number of attempts, including the first. Pauses do not count. Default 5. */
  static readonly maxAttempts: number = 5;
  /** Milliseconds to wait after a failed attempt. Default 0: the next tick retries. */
  static readonly retryDelay: RetryDelay = 0;
  /**
   * Milliseconds an attempt may work, over all its ticks; time between ticks does not count. When they are used up, `signal` aborts and the
   * deadline is reached; a pause or an error after that is a failed attempt of kind `timed-out`. Default: no limit.
   */
  static readonly attemptTimeout: number = Number.POSITIVE_INFINITY;
  /**
   * How many times in a row the action may pause without changing its params, the task's params or its progress. The next such pause is a
   * failed attempt of kind `stalled`. Default: no limit, since an action may wait for something; idle actions are reported as such.
   */
  static readonly maxIdlePauses: number = Number.POSITIVE_INFINITY;
  /** @internal */
  static readonly [ACTION_BRAND] = true;

  /** @hidden Not internal: without it, declarations could not tell actions apart. */
  declare readonly [ACCEPTS]: (params: Params, task: Task) => void;
  /** @internal */
  declare [HOST]?: ActionHost;
  /** @internal */
  readonly options: ActionOptions;

  /** The data the action works on. Saved when the action starts, at each checkpoint, at each pause and after a successful recovery. */
  params: Params;

  constructor(params: Params, options: ActionOptions = {}) {
    this.params = params;
    this.options = options;
  }

  /**
   * Called once, before the first execution. Return `false` if there is nothing to do; the action is then dropped. Throwing fails the
   * action without a retry.
   */
  initActionParams(): boolean | Promise<boolean> {
    return true;
  }

  /**
   * Called in the tick after a failure, with `params` as last saved. Change them so that the next attempt can succeed and return `true`, or
   * return `false` to give up. Throwing fails the action.
   */
  changeActionParamsOnError(_error: ActionError): boolean | Promise<boolean> {
    return true;
  }

  /** Does one chunk of work. Check the deadline between pieces of work. */
  abstract executeAction(deadline: Deadline): Execution;

  /** The task this action belongs to. Name its class as the second type argument to type its `params`. */
  get task(): Task {
    return hostOf(this[HOST], "action.task").task as Task;
  }

  /**
   * Aborts at the deadline, or earlier if the tick or the task is cancelled or paused: an error that it causes is a pause, not a failure. Give
   * a request a timeout as well: `AbortSignal.any([this.signal, AbortSignal.timeout(10_000)])`.
   */
  get signal(): AbortSignal {
    return hostOf(this[HOST], "action.signal").signal;
  }

  /**
   * Saves `params` durably; a later failure or crash resumes from here.
   *
   * @throws TypeError naming the path of the first value in `params` that JSON cannot represent.
   */
  checkpoint(): Promise<void> {
    return hostOf(this[HOST], "action.checkpoint()").checkpoint();
  }

  /** Reports progress to the user. Cheap to call as often as you like; updates are forwarded a few times a second. */
  reportProgress(progress: Progress): void {
    hostOf(this[HOST], "action.reportProgress()").reportProgress(progress);
  }
}

markDefault(BackgroundTaskExAction.prototype.initActionParams);
markDefault(BackgroundTaskExAction.prototype.changeActionParamsOnError);
