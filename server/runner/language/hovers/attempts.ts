import type { ActionRecord, AttemptRecord, HistoryAction, ParamsEdit } from "../../../store/index.ts";
import { attemptNumbers } from "../attempt-numbers.ts";
import { type ParamsChange, paramsChanges } from "./params-change.ts";

/** The events of an action, in order. */
export type AttemptEvent =
  | {
      readonly kind: "attempt";
      readonly number: number;
      readonly attempt: AttemptRecord;
      readonly changes: readonly ParamsChange[] | undefined;
    }
  /** This many attempts are not kept, or not shown. */
  | { readonly kind: "gap"; readonly count: number }
  | { readonly kind: "edit"; readonly at: string; readonly changes: readonly ParamsChange[] };

/**
 * The attempts of an action, with edits by users in between.
 *
 * @param most maximum number of attempts, at least 2: the first, and the last ones.
 */
export function attemptEvents(
  { attempts, edits = [] }: Pick<ActionRecord | HistoryAction, "attempts" | "edits">,
  most: number,
): AttemptEvent[] {
  const numbers = attemptNumbers(attempts);
  const wanted = attempts.map((_, index) => index).filter((index) => index === 0 || index > attempts.length - most);
  const events: AttemptEvent[] = [];
  const left = [...edits];
  let before: number | undefined;
  for (const index of wanted) {
    const attempt = attempts[index] as AttemptRecord;
    const number = numbers[index] as number;
    const skipped = before === undefined ? 0 : number - (numbers[before] as number) - 1;
    if (skipped > 0) events.push({ kind: "gap", count: skipped });
    events.push(...takeEdits(left, attempt.startedAt));
    // Compared with the preceding attempt, even if that is not shown; unknown if it was not kept.
    const previous = number === 1 || numbers[index - 1] !== number - 1 ? undefined : attempts[index - 1];
    events.push({ kind: "attempt", number, attempt, changes: previous && paramsChanges(previous.params, attempt.params) });
    before = index;
  }
  return [...events, ...left.map(eventOf)];
}

/** Takes the edits made before a time. */
function takeEdits(left: ParamsEdit[], moment: string): AttemptEvent[] {
  const index = left.findIndex(({ at }) => at >= moment);
  return left.splice(0, index < 0 ? left.length : index).map(eventOf);
}

function eventOf({ at, before, after }: ParamsEdit): AttemptEvent {
  return { kind: "edit", at, changes: paramsChanges(before, after) };
}
