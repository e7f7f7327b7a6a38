import { DELAY_RANGE } from "./brand.ts";

/** Milliseconds to wait before the next attempt: a number, or a function of the number of the failed attempt, starting at 1. */
export type RetryDelay = number | ((failedAttempt: number) => number);

/** The range of a delay that includes a random part. */
export interface DelayRange {
  /** Milliseconds to wait at most after the failed attempt, starting at 1. */
  longest(failedAttempt: number): number;
  /** By which fraction of that a delay may be shorter, 0 to 1. */
  readonly jitter: number;
}

export interface BackoffOptions {
  /** Milliseconds after the first failed attempt. Default 1,000. */
  readonly initial?: number;
  /** The factor by which the delay grows with each further failure. Default 2. */
  readonly factor?: number;
  /** The maximum delay in milliseconds. Default 300,000 (five minutes). */
  readonly maximum?: number;
  /** The random fraction of the delay, 0 to 1, so that tasks that failed together do not all retry together. Default 0. */
  readonly jitter?: number;
}

/**
 * A delay that grows with each failed attempt: `initial`, `initial × factor`, … up to `maximum`.
 *
 * @throws RangeError if an option is not a finite number in its range.
 */
export function backoff({ initial = 1_000, factor = 2, maximum = 300_000, jitter = 0 }: BackoffOptions = {}): RetryDelay {
  requireRange("initial", initial, 0, Number.MAX_SAFE_INTEGER);
  requireRange("factor", factor, 1, Number.MAX_SAFE_INTEGER);
  requireRange("maximum", maximum, 0, Number.MAX_SAFE_INTEGER);
  requireRange("jitter", jitter, 0, 1);
  const full = (failedAttempt: number) => Math.min(maximum, initial * factor ** (failedAttempt - 1));
  const delay = (failedAttempt: number) => Math.round(full(failedAttempt) * (1 - jitter * Math.random()));
  const range: DelayRange = { longest: (failedAttempt) => Math.round(full(failedAttempt)), jitter };
  return Object.assign(delay, { [DELAY_RANGE]: range });
}

/** Undefined for delays that were not created by `backoff`. */
export function delayRangeOf(delay: RetryDelay): DelayRange | undefined {
  return (delay as { readonly [DELAY_RANGE]?: DelayRange })[DELAY_RANGE];
}

function requireRange(name: string, value: number, low: number, high: number): void {
  if (!(Number.isFinite(value) && value >= low && value <= high)) {
    const range = high === Number.MAX_SAFE_INTEGER ? `a number of at least ${low}` : `a number from ${low} to ${high}`;
    throw new RangeError(`backoff: ${name} must be ${range}, not ${String(value)}.`);
  }
}
