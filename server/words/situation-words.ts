import type { ActionState, TaskState } from "../protocol/folder-state.ts";
import { attemptNumberInWords } from "./attempt-words.ts";
import { type ActionSituation, currentActionOf, type JudgedTask } from "./situation.ts";
import { soonInWords } from "./time-words.ts";
import type { Wording } from "./wording.ts";

/** What the words of a situation depend on besides it. */
type SituatedTask = Pick<TaskState, "nextAttemptAt"> & Partial<Pick<JudgedTask, "currentAction" | "actions">>;

/** Empty where the icon, an empty circle, says it all and a list of them would only be noise. */
export function situationInWords(situation: ActionSituation, task: SituatedTask, wording: Wording): string {
  const { t } = wording;
  switch (situation) {
    case "executing":
      return t("running");
    case "damaged":
      return t("damaged");
    case "problem":
      return t("cannot run");
    case "held":
      return t("held until resumed");
    case "failed":
      return t("failed");
    case "waiting":
      return t("failed, next attempt {0}", soonInWords(task.nextAttemptAt ?? "", wording));
    case "willRetry":
      return t("failed, will retry in the next tick");
    case "givenUp":
      return t("failed, will be dropped in the next tick");
    case "interrupted":
      return t("interrupted, continues in the next tick");
    case "retried":
      return t("will retry in the next tick");
    case "paused":
      return task.currentAction === null ? t("continues with the next action in the next tick") : t("paused");
    case "idle":
      return t("paused {0} times without progress", idlePausesOf(task));
    case "created":
      return t("new");
    case "finished":
      return t("finished");
    case "dropped":
      return t("dropped");
    case "cancelled":
      return t("cancelled");
    case "notStarted":
      return t("not started");
    case "pending":
      return "";
  }
}

function idlePausesOf({ currentAction = null, actions = [] }: SituatedTask): number {
  return currentActionOf({ currentAction, actions })?.idlePauses ?? 0;
}

/** The only attempt, and the first one while it goes well, go without saying. */
export function attemptInWords(
  { attempt, maxAttempts, error }: Pick<ActionState, "attempt" | "maxAttempts"> & { readonly error?: unknown },
  wording: Pick<Wording, "t">,
): string | undefined {
  if (attempt === 0 || (attempt === 1 && (!error || maxAttempts === 1))) return undefined;
  return attemptNumberInWords(attempt, maxAttempts, wording);
}
