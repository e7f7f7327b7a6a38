import type { ActionError } from "./action-error.ts";
import { ACTION_BRAND, HOST, markDefault } from "./brand.ts";
import type { Deadline } from "./deadline.ts";
import { type ActionHost, type AnyTask, hostOf } from "./host.ts";
import type { JsonParams } from "./json.ts";
import type { Progress } from "./progress.ts";
import type { RetryDelay } from "./retry-delay.ts";

export interface ActionOptions {
  /** Shown to people. Default: the class's name. */
  readonly name?: string;
  /** Actions are executed from the lowest rank to the highest; equal ranks in the order of their creation. Default: the position. */
  readonly rank?: number;
}

/** `true`: finished. `false`: paused, goes on in the next tick. As a generator each `yield` is a checkpoint at which it can be paused. */
// biome-ignore lint/suspicious/noConfusingVoidType: a generator that ends without a value returns void.
export type Execution = boolean | Promise<boolean> | AsyncGenerator<unknown, boolean | void, unknown>;

/** Types what an action accepts, contravariantly: see `Actions`. Never present at run time. */
export declare const ACCEPTS: unique symbol;

/**
 * One step of a task (iTop: `BackgroundTaskExAction`).
 *
 * Only `params` outlive the tick: whatever the next chunk has to know belongs there, as plain JSON.
 */
export abstract class BackgroundTaskExAction<Params extends JsonParams<Params> = Record<never, never>> {
  /** How many attempts it gets, the first included. Pauses do not count. Default 5. */
  static readonly maxAttempts: number = 5;
  /** How long to wait after a failed attempt, in milliseconds. Default 0: the next tick tries again. */
  static readonly retryDelay: RetryDelay = 0;
  /** @internal */
  static readonly [ACTION_BRAND] = true;

  /** @hidden Not internal: declarations without it could not tell actions apart. */
  declare readonly [ACCEPTS]: (params: Params) => void;
  /** @internal */
  declare [HOST]?: ActionHost;
  /** @internal */
  readonly options: ActionOptions;

  /** What the action works on; saved when it starts, at each checkpoint, at each pause and after a successful recovery. */
  params: Params;

  constructor(params: Params, options: ActionOptions = {}) {
    this.params = params;
    this.options = options;
  }

  /**
   * Called once, before the first execution. `false`: there is nothing to do, the action is dropped. A throw here fails the
   * action without a retry.
   */
  initActionParams(): boolean | Promise<boolean> {
    return true;
  }

  /**
   * Called in the tick after a failure, with `params` as last saved. Change them so that the next attempt can succeed and return
   * `true`, or give up with `false`. A throw here fails the action.
   */
  changeActionParamsOnError(_error: ActionError): boolean | Promise<boolean> {
    return true;
  }

  /** Does a chunk of work; looks at the deadline between the pieces of it. */
  abstract executeAction(deadline: Deadline): Execution;

  /** The task it belongs to. */
  get task(): AnyTask {
    return hostOf(this[HOST], "action.task").task;
  }

  /** Aborts at the deadline, or earlier when the tick or the task is cancelled or paused. */
  get signal(): AbortSignal {
    return hostOf(this[HOST], "action.signal").signal;
  }

  /**
   * Saves `params` durably: a later failure or crash goes on from here.
   *
   * @throws TypeError with the path of the value when `params` hold what JSON cannot.
   */
  checkpoint(): Promise<void> {
    return hostOf(this[HOST], "action.checkpoint()").checkpoint();
  }

  /** Shows people how far it is. Cheap: call it as often as you like, it is passed on a few times a second. */
  reportProgress(progress: Progress): void {
    hostOf(this[HOST], "action.reportProgress()").reportProgress(progress);
  }
}

markDefault(BackgroundTaskExAction.prototype.initActionParams);
markDefault(BackgroundTaskExAction.prototype.changeActionParamsOnError);
