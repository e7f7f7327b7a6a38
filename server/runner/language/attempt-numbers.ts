import type { AttemptRecord } from "../../store/index.ts";

/** Which attempt each of them is, counted from 1. Of many only the first and the last ones are kept, so they are not just numbered. */
export function attemptNumbers(attempts: readonly AttemptRecord[]): readonly number[] {
  const numbers: number[] = [];
  for (const { error } of attempts) numbers.push(error?.attempt || (numbers.at(-1) ?? 0) + 1);
  return numbers;
}
