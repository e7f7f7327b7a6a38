import type { TickActionJson, TickJson, TickTaskJson } from "../json/tick-json.ts";
import { isReportedIdle } from "./idle-words.ts";
import { type Outcome, outcomeInWords } from "./outcome-words.ts";
import { attemptInWords } from "./situation-words.ts";
import { durationInWords, soonInWords } from "./time-words.ts";
import type { Wording } from "./wording.ts";

/** What a tick came to. */
export function tickInWords(outcome: TickJson["outcome"], { t }: Pick<Wording, "t">): string {
  switch (outcome) {
    case "done":
      return t("Tick done");
    case "time-budget-spent":
      return t("Time budget spent");
    case "locked":
      return t("Another tick is running");
    case "cancelled":
      return t("Tick cancelled");
  }
}

/** How a tick has left a task; in the words of its situation, but for when it is tried again, which a report does not say. */
export function reportedTaskInWords({ status, actions }: Pick<TickTaskJson, "status" | "actions">, { t }: Pick<Wording, "t">): string {
  switch (status) {
    case "created":
      return t("new");
    case "paused":
      return isBetweenActions(actions) ? t("continues with the next action in the next tick") : t("paused");
    case "failed":
      return t("failed");
    case "finished":
    case "cancelled":
      return outcomeInWords(status, { t });
    default:
      break;
  }
  const last = actions.at(-1)?.outcome;
  if (last === "will-retry") return t("failed, will retry");
  return last === "failed" ? t("failed, will be dropped in the next tick") : t("interrupted, continues in the next tick");
}

/** The tick ended an action and had no time for the next one. */
function isBetweenActions(actions: TickTaskJson["actions"]): boolean {
  const last = actions.at(-1)?.outcome;
  return last === "finished" || last === "failed" || last === "dropped";
}

/** How an action has ended in a tick: `failed after 1.3 s, attempt 2, will retry`. */
export function endInWords(
  {
    outcome,
    durationMs,
    idlePauses = 0,
    ...action
  }: Pick<TickActionJson, "outcome" | "attempt" | "durationMs" | "idlePauses"> & {
    readonly error?: unknown;
  },
  wording: Pick<Wording, "t" | "locale">,
): string {
  const { t } = wording;
  const end = t("{0} after {1}", endOf(outcome, wording), durationInWords(durationMs, wording));
  const idle = isReportedIdle({ idlePauses }) && t("{0} times in a row without progress", idlePauses);
  return [end, attemptInWords(action, wording), outcome === "will-retry" && t("will retry"), idle].filter(Boolean).join(", ");
}

/** `3 finished, 1 failed, 1 to be retried`. */
export function outcomesInWords(outcomes: readonly (Outcome | TickActionJson["outcome"])[], wording: Pick<Wording, "t">): string {
  const counts = new Map<string, number>();
  for (const outcome of outcomes) {
    const words = outcome === "will-retry" ? wording.t("to be retried") : endOf(outcome, wording);
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return [...counts].map(([words, count]) => `${count} ${words}`).join(", ");
}

/** Why a tick left tasks alone: `1 waits until 16:23:40, 2 cannot run`. */
export function skippedInWords(skipped: NonNullable<TickJson["skipped"]>, wording: Wording): string {
  const { t } = wording;
  const { waiting = 0, nextAttemptAt = "", blocked = 0, held = 0, failed = 0, outsideWindow = 0, notReached = 0 } = skipped;
  const parts = [
    waiting > 0 && t(waiting === 1 ? "1 waits until {1}" : "{0} wait, the first until {1}", waiting, soonInWords(nextAttemptAt, wording)),
    blocked > 0 && t("{0} cannot run", blocked),
    held > 0 && t("{0} held", held),
    failed > 0 && t("{0} failed", failed),
    outsideWindow > 0 && t("{0} outside the window of the schedule", outsideWindow),
    notReached > 0 && t("{0} not reached", notReached),
  ];
  return parts.filter(Boolean).join(", ");
}

function endOf(outcome: Outcome | TickActionJson["outcome"], { t }: Pick<Wording, "t">): string {
  if (outcome === "will-retry") return t("failed");
  return outcome === "paused" ? t("paused") : outcomeInWords(outcome, { t });
}
