import type { AttemptRecord } from "../../store/index.ts";

/** The number of each attempt, starting at 1. If there were many, only the first and the last are kept, so counting is not enough. */
export function attemptNumbers(attempts: readonly AttemptRecord[]): readonly number[] {
  const numbers: number[] = [];
  for (const { error } of attempts) numbers.push(error?.attempt || (numbers.at(-1) ?? 0) + 1);
  return numbers;
}
