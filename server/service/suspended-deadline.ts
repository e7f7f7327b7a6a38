import type { Clock } from "./service-options.ts";
import { TaskDeadline } from "./task-deadline.ts";

/** A deadline while a debugger watches: it stays as far away as it was at first, and only somebody's stop brings it about. */
export class SuspendedDeadline extends TaskDeadline {
  readonly #budget: number;
  readonly #now: () => number;

  /** `budget` in milliseconds. */
  constructor(budget: number, clock: Clock) {
    super(Number.POSITIVE_INFINITY, clock);
    this.#budget = budget;
    this.#now = () => clock.now();
  }

  override get endTime(): number {
    return this.#now() + this.remaining();
  }

  override remaining(): number {
    return this.stopReason ? 0 : this.#budget;
  }
}
