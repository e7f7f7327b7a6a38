import type { Command } from "vscode-languageserver";
import { attemptNumberInWords, nextAttemptInWords } from "../../../words/attempt-words.ts";
import { isReportedIdle } from "../../../words/idle-words.ts";
import { outcomeInWords } from "../../../words/outcome-words.ts";
import { percentageOf } from "../../../words/progress-words.ts";
import { durationInWords, momentInWords } from "../../../words/time-words.ts";
import type { Wording } from "../../../words/wording.ts";
import type { FolderFacts } from "../../model/folder-facts.ts";
import { type Execution, lastExecutionOf } from "../executions.ts";
import { retryCommand } from "../retry-command.ts";
import type { Surroundings } from "../surroundings.ts";
import { plainLens } from "./plain-lens.ts";

/** Lenses over an action class. */
export function actionLenses(name: string, facts: FolderFacts, { commands, wording }: Surroundings): Command[] {
  const { t } = wording;
  const last = lastExecutionOf(name, facts);
  const state = last ? executionInWords(last, name, facts, wording) : t("never executed");
  const failure = facts.failures.map((shown) => shown.failure).find((one) => one.class === name && one.action !== "");
  if (!failure || !facts.isTrusted) return [plainLens(state)];
  const { task, action } = failure;
  const offered = [
    retryCommand(t("Retry"), failure, facts, commands),
    commands.debugFailure(t("Debug failure"), { folder: facts.uri, task, action }),
  ];
  return [plainLens(state), ...offered.filter((command) => command !== undefined)];
}

/** Formats `last finished 14:03 in 1.2 s · attempt 2 of 5`. */
function executionInWords(last: Execution, name: string, facts: FolderFacts, wording: Wording): string {
  const { t } = wording;
  const { outcome, attempt, number, task, nextAttemptAt } = last;
  const moment = momentInWords(attempt.error?.at ?? attempt.startedAt, wording);
  const duration = durationInWords(attempt.durationMs, wording);
  return [whatHappened(), attemptInWords(), whatComes()].filter((part) => part !== undefined).join(" · ");

  function whatHappened(): string {
    if (outcome === "under-way") {
      const percentage = percentageOf(facts.state(task)?.actions.find(({ class: className }) => className === name)?.progress);
      return percentage === undefined ? t("running") : t("running, {0}%", percentage);
    }
    if (outcome === "paused" && isReportedIdle(last))
      return t("paused {0} times without progress, {1} so far", last.idlePauses ?? 0, duration);
    if (outcome === "paused") return t("paused, {0} so far", duration);
    const ended = outcome === "failed-to-be-retried" ? t("failed") : outcomeInWords(outcome, wording);
    return attempt.error ? t("{0} {1} after {2}", ended, moment, duration) : t("last {0} {1} in {2}", ended, moment, duration);
  }

  function attemptInWords(): string | undefined {
    const most = facts.classes.find((one) => one.kind === "action" && one.name === name)?.maxAttempts;
    return number <= 1 && !attempt.error ? undefined : attemptNumberInWords(number, most, wording);
  }

  function whatComes(): string | undefined {
    if (outcome !== "failed-to-be-retried") return undefined;
    return nextAttemptInWords(nextAttemptAt, wording) ?? t("retried by the next tick");
  }
}
