import type { ClassModel } from "../../../language/index.ts";
import { attemptNumberInWords, nextAttemptInWords } from "../../../words/attempt-words.ts";
import { failureInWords } from "../../../words/failure-words.ts";
import { isReportedIdle } from "../../../words/idle-words.ts";
import { outcomeInWords } from "../../../words/outcome-words.ts";
import { shortText } from "../../../words/short-text.ts";
import { durationInWords, momentInWords } from "../../../words/time-words.ts";
import type { Wording } from "../../../words/wording.ts";
import { type Execution, executionsOf } from "../executions.ts";
import { type Block, codes, dotted, firstOf, type Inline, paragraph, strong } from "../markup/block.ts";
import { classHeading } from "./class-heading.ts";
import type { HoverContext } from "./hover-context.ts";
import { loadedPlan, planInWords } from "./retry-hover.ts";
import { taskClassesUsing } from "./users-of-action.ts";

const MOST_EXECUTIONS = 5;
const MOST_USERS = 5;

/** Describes an action class: its attempts, the tasks that use it, and its last executions. */
export function actionClassBlocks(owner: ClassModel, context: HoverContext): Block[] {
  const { facts, wording } = context;
  const { t } = wording;
  const plan = loadedPlan(owner, context);
  const last = executionsOf(owner.name, facts).slice(0, MOST_EXECUTIONS);
  return [
    ...classHeading(owner, plan ? t("action, {0}", planInWords(plan, wording)) : t("action"), context),
    usersBlock(owner, context),
    ...(last.length === 0 ? [paragraph(t("Never executed."))] : [paragraph(t("Last executions:"))]),
    ...firstOf(last, MOST_EXECUTIONS, (execution) => executionLine(execution, plan?.maxAttempts, wording), String),
  ];
}

function usersBlock(owner: ClassModel, context: HoverContext): Block {
  const { t } = context.wording;
  const users = taskClassesUsing(owner, context);
  if (users.length === 0) return paragraph(t("No task class was found that uses it."));
  const names = codes(users.slice(0, MOST_USERS).map(({ name }) => name));
  const more = users.length - MOST_USERS;
  return paragraph(t("Used by: "), ...names, more > 0 ? t(" and {0} more", more) : "");
}

function executionLine(execution: Execution, maxAttempts: number | undefined, wording: Wording): Inline[] {
  const { attempt, number, taskName, nextAttemptAt } = execution;
  return dotted(
    strong(outcomeOf(execution, wording)),
    momentInWords(attempt.error?.at ?? attempt.startedAt, wording),
    durationInWords(attempt.durationMs, wording),
    attemptNumberInWords(number, maxAttempts, wording),
    shortText(taskName),
    attempt.error && failureInWords(attempt.error),
    nextAttemptInWords(nextAttemptAt, wording),
  );
}

function outcomeOf(execution: Execution, wording: Wording): string {
  const { t } = wording;
  const { outcome } = execution;
  switch (outcome) {
    case "under-way":
      return t("running");
    case "paused":
      return isReportedIdle(execution) ? t("paused {0} times without progress", execution.idlePauses ?? 0) : t("paused");
    case "failed-to-be-retried":
      return t("failed, will be retried");
    default:
      return outcomeInWords(outcome, wording);
  }
}
