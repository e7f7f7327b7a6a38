import type { ClassModel } from "../../../language/index.ts";
import { type RetryPlan, retryPlanOf } from "../../../service/index.ts";
import { durationInWords } from "../../../words/time-words.ts";
import type { Wording } from "../../../words/wording.ts";
import { type Block, code, codes, type Inline, list, paragraph, strong } from "../markup/block.ts";
import type { HoverContext } from "./hover-context.ts";
import { knownClass, unknownInWords } from "./known-class.ts";
import { taskClassesUsing } from "./users-of-action.ts";

/** Attempts told one by one. */
const MOST_ATTEMPTS = 8;

/** The attempts of an action: as they are written at this moment where that can be read, else as the file was when it was loaded last. */
export function retryBlocks(owner: ClassModel, context: HoverContext): Block[] {
  const { isUnsaved, wording } = context;
  const { t } = wording;
  const written = context.language.writtenRetryOf(context.model, owner);
  try {
    const plan = written
      ? retryPlanOf({ maxAttempts: written.maxAttempts as number, retryDelay: written.retryDelay() })
      : loadedPlan(owner, context);
    if (!plan) return [paragraph(strong(t("Attempts")), t(" that only executing the file tells: {0}", unknownInWords(owner, context)))];
    const notSaved = written
      ? t("Not saved yet: ticks go by the file as it was saved last.")
      : t("This is what the file said as it was saved last: what is written now is known once it is saved.");
    return [...planBlocks(plan, wording), ...endBlocks(owner, context), ...(isUnsaved ? [paragraph(notSaved)] : [])];
  } catch (error) {
    return [paragraph(strong(t("Attempts")), t(" that are refused: {0}", (error as Error).message))];
  }
}

/** In a few words, such as `up to 5 attempts, 1 s after a failure or later`. */
export function planInWords({ maxAttempts, retryDelays = [] }: RetryPlan, wording: Wording): string {
  const { t } = wording;
  if (maxAttempts === 1) return t("one attempt");
  const [least, most] = [Math.min(...retryDelays), Math.max(...retryDelays)];
  if (!(most > 0)) return t("up to {0} attempts", maxAttempts);
  if (least === most) return t("up to {0} attempts, {1} apart", maxAttempts, durationInWords(most, wording));
  return t("up to {0} attempts, {1} to {2} apart", maxAttempts, durationInWords(least, wording), durationInWords(most, wording));
}

export function loadedPlan(owner: ClassModel, context: HoverContext): RetryPlan | undefined {
  const { maxAttempts, retryDelays, retryJitter } = knownClass(owner, context) ?? {};
  if (maxAttempts === undefined) return undefined;
  return { maxAttempts, ...(retryDelays && { retryDelays }), ...(retryJitter !== undefined && { retryJitter }) };
}

function planBlocks(plan: RetryPlan, wording: Wording): Block[] {
  const { t } = wording;
  const { maxAttempts, retryDelays } = plan;
  const heading = paragraph(strong(t(maxAttempts === 1 ? "1 attempt" : "Up to {0} attempts", maxAttempts)));
  if (maxAttempts === 1) return [heading];
  if (!retryDelays) return [heading, paragraph(t("What its function retryDelay says is known when an attempt has failed."))];
  if (retryDelays.every((delay) => delay === 0)) return [heading, paragraph(t("After a failure the next tick makes the next attempt."))];
  const told = retryDelays.slice(0, MOST_ATTEMPTS - 1).map((delay, index) => [delayInWords(delay, index + 1)]);
  const left = maxAttempts - 1 - told.length;
  const more: Inline[][] = left > 0 ? [[t("… and {0} more", left)]] : [];
  return [heading, ...list([[t("Attempt 1: by the first tick that gets to it")], ...told, ...more])];

  function delayInWords(delay: number, failed: number): string {
    if (delay === 0) return t("Attempt {0}: by the next tick after attempt {1} has failed", failed + 1, failed);
    const least = delay * (1 - (plan.retryJitter ?? 0));
    const words = durationInWords(delay, wording);
    return least === delay
      ? t("Attempt {0}: {1} after attempt {2} has failed, or later", failed + 1, words, failed)
      : t("Attempt {0}: {1} to {2} after attempt {3} has failed, or later", failed + 1, durationInWords(least, wording), words, failed);
  }
}

/** What becomes of the task when the last attempt has failed is its own decision. */
function endBlocks(owner: ClassModel, context: HoverContext): Block[] {
  const { language, model } = context;
  const { t } = context.wording;
  const users = taskClassesUsing(owner, context);
  const stopping = users.filter((user) => language.stopsOnFailure(model, user));
  const dropped = t("When the last one fails, the action is dropped as failed and its task goes on with the next action.");
  const stopped = t("When the last one fails, the task stays failed until somebody retries or cancels it");
  const why: Inline[] = [" (", code('onActionFailed = "stop"'), t(" of "), ...codes(stopping.map(({ name }) => name)), ")."];
  if (stopping.length === 0) return [paragraph(dropped)];
  if (stopping.length === users.length) return [paragraph(stopped, ...why)];
  return [paragraph(dropped), paragraph(t("Of others the task stays failed until somebody retries or cancels it"), ...why)];
}
