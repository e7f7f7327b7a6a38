/** The end of the time that an action may use in this tick. */
export interface Deadline {
  /** Epoch milliseconds. */
  readonly endTime: number;
  /** Milliseconds left, never negative; 0 once the action is asked to stop. */
  remaining(): number;
  /** True once the end time is reached, or the tick or task has been cancelled or paused. */
  isReached(): boolean;
  /** Aborts at the end time, or earlier if the tick or the task is cancelled or paused. Pass it to `fetch`, streams and timers. */
  readonly signal: AbortSignal;
}
