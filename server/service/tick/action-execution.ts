import { isDeepStrictEqual } from "node:util";
import type { Progress } from "../../authoring/index.ts";
import type { TaskRecord } from "../../store/index.ts";
import { type ActionPolicy, currentAction, type Pause } from "../machine/task-machine.ts";
import type { TaskDeadline } from "./task-deadline.ts";
import type { TickContext } from "./tick-context.ts";

/** Milliseconds. An action that had less before a deadline, and less than half of the tick, had no time to get anywhere. */
const TIME_TO_SHOW = 1_000;

/** One call of `executeAction`: how long it may take, and whether it got anywhere. */
export class ActionExecution {
  readonly deadline: TaskDeadline;
  /** Epoch milliseconds at which the attempt has used its `attemptTimeout`; infinite if the tick ends before. */
  readonly attemptEnd: number;
  readonly #context: TickContext;
  readonly #before: TaskRecord;
  readonly #startedAt: number;
  readonly #ownsDeadline: boolean;

  /** @param before the task as stored when the call begins. */
  constructor(context: TickContext, before: TaskRecord, { attemptTimeout }: ActionPolicy, taskDeadline: TaskDeadline) {
    this.#context = context;
    this.#before = before;
    this.#startedAt = context.clock.now();
    const used = currentAction(before)?.attempts.at(-1)?.durationMs ?? 0;
    const attemptEnd = this.#startedAt + Math.max(0, attemptTimeout - used);
    this.#ownsDeadline = attemptEnd <= taskDeadline.endTime && !context.isTimeSuspended;
    this.attemptEnd = this.#ownsDeadline ? attemptEnd : Number.POSITIVE_INFINITY;
    this.deadline = this.#ownsDeadline ? context.deadline(attemptEnd, () => timeoutException(attemptTimeout)) : taskDeadline;
  }

  /** True if the attempt has used its `attemptTimeout`, unless a stop was requested first. */
  get hasTimedOut(): boolean {
    return this.deadline.stopReason === undefined && this.#context.clock.now() >= this.attemptEnd;
  }

  /**
   * What a pause says about the call.
   *
   * @param after the task with everything saved. @param progress the last report of this call.
   */
  pause(after: TaskRecord, progress: Progress | undefined): Pause {
    const [before, now] = [currentAction(this.#before), currentAction(after)];
    const changed =
      differ(this.#before.params, after.params) ||
      differ(before?.params, now?.params) ||
      (progress !== undefined && differ(before?.progress, progress));
    if (changed) return "changed";
    return this.deadline.stopReason !== undefined || this.#hadNoTime() ? "cut-short" : "idle";
  }

  dispose(): void {
    if (this.#ownsDeadline) this.deadline.dispose();
  }

  #hadNoTime(): boolean {
    const { clock, budget } = this.#context;
    return this.deadline.isReached() && clock.now() - this.#startedAt < Math.min(TIME_TO_SHOW, budget / 2);
  }
}

/** As `AbortSignal.timeout` does. */
function timeoutException(attemptTimeout: number): DOMException {
  return new DOMException(`The attempt has used its attemptTimeout (${attemptTimeout} ms).`, "TimeoutError");
}

/** Records are replaced, never changed in place, so most comparisons are of the same object. */
function differ(before: unknown, after: unknown): boolean {
  return before !== after && !isDeepStrictEqual(before, after);
}
