import { shortText } from "../../server/words/short-text.ts";
import type { Wording } from "../../server/words/wording.ts";
import type { FailureCounts } from "../failures/failure-counts.ts";
import type { FolderModel } from "../model/folder-model.ts";
import type { RunnerState } from "../runner/runner-state.ts";
import { autoTickInWords } from "./folder-view.ts";

export interface ViewSituation {
  readonly runner: RunnerState;
  readonly folders: readonly FolderModel[];
  readonly isTrusted: boolean;
}

/** Returns the message above the rows: why some are missing or nothing can be executed; empty if all is well. */
export function viewMessage({ runner, folders, isTrusted }: ViewSituation, { t }: Wording): string {
  if (runner.kind === "restarting") return t("The runner stopped unexpectedly and is restarting…");
  if (runner.kind === "stopped") return runner.problem ?? "";
  const problems = folders.flatMap(({ state }) => {
    const problem = state.problem ?? state.node.problem;
    if (problem === undefined) return [];
    return [folders.length > 1 ? t("{0}: {1}", state.name, shortText(problem, 500)) : shortText(problem, 500)];
  });
  if (!isTrusted && folders.length > 0) problems.push(t("Nothing is executed until you trust this workspace."));
  return problems.join("\n");
}

/** Returns the description beside the view's title; empty if the folders differ, because then each shows its own. */
export function viewDescription(folders: readonly FolderModel[], { t }: Wording): string {
  const [first, ...others] = new Set(folders.map(({ state }) => state.autoTick));
  return first === undefined || others.length > 0 ? "" : (autoTickInWords(first, t) ?? "");
}

export function badgeTooltip({ failed, willRetry }: FailureCounts, { t }: Wording): string {
  const failures = t(failed === 1 ? "1 action failed" : "{0} actions failed", failed);
  const retries = t(willRetry === 1 ? "1 action failed and will be retried" : "{0} actions failed and will be retried", willRetry);
  if (willRetry === 0) return failures;
  return failed === 0 ? retries : t("{0}; {1}", failures, retries);
}
