import type { FolderState } from "../../server/protocol/folder-state.ts";
import { percentageOf } from "../../server/words/progress-words.ts";
import { shortText } from "../../server/words/short-text.ts";
import type { Wording } from "../../server/words/wording.ts";
import type { FailureCounts } from "../failures/failure-counts.ts";
import { executedIn } from "../model/executed.ts";
import type { FolderModel } from "../model/folder-model.ts";
import type { RunnerState } from "../runner/runner-state.ts";
import { shownParts } from "../words/parts.ts";

export interface StatusSituation {
  readonly runner: RunnerState;
  readonly folders: readonly FolderModel[];
  readonly failures: FailureCounts;
}

export interface StatusText {
  /** Starts with `$(icon)`. */
  readonly text: string;
  /** Text for screen readers. */
  readonly spoken: string;
  /** Only for what needs the user's attention. */
  readonly alarm?: "error" | "warning";
}

/** Returns `undefined` if the window has nothing to do with tasks; then the item is hidden. */
export function statusText(
  { runner, folders, failures: { failed, willRetry } }: StatusSituation,
  wording: Wording,
): StatusText | undefined {
  const { t } = wording;
  if (runner.kind === "stopped") return runner.problem === undefined ? undefined : made("error", t("Tasks: stopped"), wording, "error");
  if (runner.kind === "restarting") return made("sync~spin", t("Tasks: restarting"), wording);
  if (folders.length === 0) return made("loading~spin", t("Tasks: starting"), wording);
  const ticking = folders.find(({ state }) => state.tick !== null);
  if (ticking?.state.tick) return tickText(ticking, ticking.state.tick, wording);
  if (failed > 0) return made("error", t("{0} failed", failed), wording, "error");
  if (willRetry > 0) return made("warning", t("{0} to retry", willRetry), wording, "warning");
  if (folders.some(({ state }) => state.problem !== undefined)) return made("warning", t("Tasks: problem"), wording, "warning");
  if (folders.some(({ state }) => state.node.problem !== undefined)) return made("warning", t("Tasks: no Node"), wording, "warning");
  const isEmpty = folders.every((folder) => folder.state.taskFiles.length === 0 && folder.shownClasses.length === 0);
  return isEmpty ? undefined : made("clock", t("Tasks"), wording);
}

function tickText(folder: FolderModel, tick: NonNullable<FolderState["tick"]>, wording: Wording): StatusText {
  const { t } = wording;
  if (tick.isCancelling) return made("sync~spin", t("cancelling…"), wording);
  const action = executedIn(folder)?.action;
  const percentage = percentageOf(action?.progress);
  const name = action && shortText(action.name, 30);
  const parts = [
    tick.total > 0 ? t("{0} of {1}", Math.min(tick.done + 1, tick.total), tick.total) : t("ticking"),
    name && (percentage === undefined ? name : t("{0} {1}%", name, percentage)),
  ];
  return made(tick.isDebugged ? "debug-alt" : "sync~spin", shownParts(parts.map((part) => part ?? "")), wording);
}

function made(icon: string, text: string, { t }: Wording, alarm?: StatusText["alarm"]): StatusText {
  // Keeps `$(` in names from becoming an icon.
  const plain = text.replaceAll("$(", "$\u200b(");
  return { text: `$(${icon}) ${plain}`, spoken: t("Background tasks: {0}", text), ...(alarm && { alarm }) };
}
