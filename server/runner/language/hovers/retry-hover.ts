import type { ClassModel } from "../../../language/index.ts";
import { type RetryPlan, retryPlanOf } from "../../../service/index.ts";
import { durationInWords } from "../../../words/time-words.ts";
import type { Wording } from "../../../words/wording.ts";
import { type Block, code, codes, type Inline, list, paragraph, strong } from "../markup/block.ts";
import type { HoverContext } from "./hover-context.ts";
import { knownClass, unknownInWords } from "./known-class.ts";
import { taskClassesUsing } from "./users-of-action.ts";

/** Maximum number of attempts listed. */
const MOST_ATTEMPTS = 8;

/** The attempts of an action: from the current text if it can be read, otherwise as last loaded. */
export function retryBlocks(owner: ClassModel, context: HoverContext): Block[] {
  const { isUnsaved, wording } = context;
  const { t } = wording;
  const written = context.language.writtenRetryOf(context.model, owner);
  try {
    const plan = written
      ? retryPlanOf({
          maxAttempts: written.maxAttempts as number,
          retryDelay: written.retryDelay(),
          attemptTimeout: written.attemptTimeout as number,
          maxIdlePauses: written.maxIdlePauses as number,
        })
      : loadedPlan(owner, context);
    if (!plan) return [paragraph(strong(t("Attempts")), t(" known only when the file is executed: {0}", unknownInWords(owner, context)))];
    const notSaved = written
      ? t("Not saved yet: ticks use the last saved version of the file.")
      : t("This is from the last saved version of the file; save it to see the current one.");
    return [
      ...planBlocks(plan, wording),
      ...limitBlocks(plan, wording),
      ...endBlocks(owner, context),
      ...(isUnsaved ? [paragraph(notSaved)] : []),
    ];
  } catch (error) {
    return [paragraph(strong(t("Attempts")), t(" are invalid: {0}", (error as Error).message))];
  }
}

/** Formats briefly, such as `up to 5 attempts, 1 s apart`. */
export function planInWords({ maxAttempts, retryDelays = [] }: RetryPlan, wording: Wording): string {
  const { t } = wording;
  if (maxAttempts === 1) return t("one attempt");
  const [least, most] = [Math.min(...retryDelays), Math.max(...retryDelays)];
  if (!(most > 0)) return t("up to {0} attempts", maxAttempts);
  if (least === most) return t("up to {0} attempts, {1} apart", maxAttempts, durationInWords(most, wording));
  return t("up to {0} attempts, {1} to {2} apart", maxAttempts, durationInWords(least, wording), durationInWords(most, wording));
}

export function loadedPlan(owner: ClassModel, context: HoverContext): RetryPlan | undefined {
  const { maxAttempts, retryDelays, retryJitter, attemptTimeout, maxIdlePauses } = knownClass(owner, context) ?? {};
  if (maxAttempts === undefined) return undefined;
  return {
    maxAttempts,
    ...(retryDelays && { retryDelays }),
    ...(retryJitter !== undefined && { retryJitter }),
    ...(attemptTimeout !== undefined && { attemptTimeout }),
    ...(maxIdlePauses !== undefined && { maxIdlePauses }),
  };
}

function planBlocks(plan: RetryPlan, wording: Wording): Block[] {
  const { t } = wording;
  const { maxAttempts, retryDelays } = plan;
  const heading = paragraph(strong(t(maxAttempts === 1 ? "1 attempt" : "Up to {0} attempts", maxAttempts)));
  if (maxAttempts === 1) return [heading];
  if (!retryDelays) return [heading, paragraph(t("Its function retryDelay is called after each failed attempt."))];
  if (retryDelays.every((delay) => delay === 0)) return [heading, paragraph(t("After a failure, the next tick makes the next attempt."))];
  const told = retryDelays.slice(0, MOST_ATTEMPTS - 1).map((delay, index) => [delayInWords(delay, index + 1)]);
  const left = maxAttempts - 1 - told.length;
  const more: Inline[][] = left > 0 ? [[t("… and {0} more", left)]] : [];
  return [heading, ...list([[t("Attempt 1: in the first tick that reaches it")], ...told, ...more])];

  function delayInWords(delay: number, failed: number): string {
    if (delay === 0) return t("Attempt {0}: in the next tick after attempt {1} fails", failed + 1, failed);
    const least = delay * (1 - (plan.retryJitter ?? 0));
    const words = durationInWords(delay, wording);
    return least === delay
      ? t("Attempt {0}: at least {1} after attempt {2} fails", failed + 1, words, failed)
      : t("Attempt {0}: at least {1} to {2} after attempt {3} fails", failed + 1, durationInWords(least, wording), words, failed);
  }
}

/** What fails an attempt besides an error. */
function limitBlocks({ attemptTimeout, maxIdlePauses }: RetryPlan, wording: Wording): Block[] {
  const { t } = wording;
  const limits: Inline[][] = [];
  if (attemptTimeout !== undefined) limits.push([t("An attempt fails after {0} of work.", durationInWords(attemptTimeout, wording))]);
  if (maxIdlePauses !== undefined) limits.push([t("An attempt fails after {0} pauses in a row without progress.", maxIdlePauses + 1)]);
  return limits.map((limit) => paragraph(...limit));
}

/** The task class decides what happens after the last attempt has failed. */
function endBlocks(owner: ClassModel, context: HoverContext): Block[] {
  const { language, model } = context;
  const { t } = context.wording;
  const users = taskClassesUsing(owner, context);
  const stopping = users.filter((user) => language.stopsOnFailure(model, user));
  const dropped = t("If the last attempt fails, the action is dropped as failed and its task continues with the next action.");
  const stopped = t("If the last attempt fails, the task stays failed until it is retried or cancelled");
  const why: Inline[] = [" (", code('onActionFailed = "stop"'), t(" of "), ...codes(stopping.map(({ name }) => name)), ")."];
  if (stopping.length === 0) return [paragraph(dropped)];
  if (stopping.length === users.length) return [paragraph(stopped, ...why)];
  return [paragraph(dropped), paragraph(t("Some tasks stay failed until they are retried or cancelled"), ...why)];
}
