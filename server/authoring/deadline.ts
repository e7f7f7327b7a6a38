/** The end of the time an action may use in this tick. */
export interface Deadline {
  /** Epoch milliseconds. */
  readonly endTime: number;
  /** Milliseconds left, never negative; 0 once the action is asked to stop. */
  remaining(): number;
  /** True once the end time has come, or the tick or the task was cancelled or paused by somebody. */
  isReached(): boolean;
  /** Aborts at the end time, or earlier when the tick or the task is cancelled or paused. Hand it to `fetch`, streams, timers. */
  readonly signal: AbortSignal;
}
