import type { Result } from "../result.ts";
import { median } from "../rounds.ts";

/** Bytes, as megabytes. */
export function megabytes(ours: number, theirs: number): Pick<Result, "measured" | "note"> {
  return { measured: exactly(ours / theirs), note: `${(ours / 1e6).toFixed(1)} MB : ${(theirs / 1e6).toFixed(1)} MB` };
}

/** Of what is no ratio within rounds. */
export function exactly(value: number): Result["measured"] {
  return { median: value, low: value, high: value };
}

/** The medians. */
export function milliseconds(ours: readonly number[], theirs: readonly number[]): string {
  return `${inMilliseconds(median(ours))} : ${inMilliseconds(median(theirs))}`;
}

export function inMilliseconds(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`;
}
