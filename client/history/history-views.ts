import type { HistoryActionJson } from "../../server/json/history-json.ts";
import { failureInWords } from "../../server/words/failure-words.ts";
import { type Outcome, outcomeInWords } from "../../server/words/outcome-words.ts";
import { shortText } from "../../server/words/short-text.ts";
import { durationInWords, fullMoment, momentInWords } from "../../server/words/time-words.ts";
import type { Wording } from "../../server/words/wording.ts";
import type { NodeIcon, NodeView } from "../tree/node-view.ts";
import { type Parts, shownParts, spokenParts } from "../words/parts.ts";
import type { ListedEntry } from "./history-list.ts";

type HistoryView = Omit<NodeView, "opens">;

const ICONS: Readonly<Record<Outcome, NodeIcon>> = {
  finished: { id: "pass", color: "testing.iconPassed" },
  "finished-with-failures": { id: "error", color: "testing.iconFailed" },
  failed: { id: "error", color: "testing.iconFailed" },
  dropped: { id: "debug-step-over", color: "testing.iconSkipped" },
  cancelled: { id: "circle-slash", color: "testing.iconSkipped" },
  "not-started": { id: "circle-outline", color: "testing.iconUnset" },
};

/** @param isOneOfMany folders, so that the row names its folder. */
export function entryView({ entry, folderName }: ListedEntry, isOneOfMany: boolean, wording: Wording): HistoryView {
  const { t } = wording;
  const parts: Parts = [
    outcomeInWords(entry.outcome, wording),
    t(entry.ticks === 1 ? "1 tick" : "{0} ticks", entry.ticks),
    durationInWords(durationOf(entry.actions), wording),
    momentInWords(entry.endedAt, wording),
    isOneOfMany && folderName,
    shortText(entry.message),
  ];
  return {
    label: entry.name,
    description: shownParts(parts),
    icon: ICONS[entry.outcome],
    spoken: spokenParts([entry.name, ...parts]),
    context: "entry",
    expansion: entry.actions.length > 0 ? "collapsed" : "none",
  };
}

export function actionEntryView(action: HistoryActionJson, wording: Wording): HistoryView {
  const { t } = wording;
  const error = action.attempts.at(-1)?.error;
  const attempts = action.attempts.length;
  const parts: Parts = [
    outcomeInWords(action.outcome, wording),
    attempts > 1 && t("{0} attempts", attempts),
    attempts > 0 && durationInWords(action.durationMs, wording),
    error && failureInWords(error),
  ];
  return {
    label: action.name,
    description: shownParts(parts),
    icon: ICONS[action.outcome],
    spoken: spokenParts([action.name, ...parts]),
    context: action.outcome === "failed" ? "action failed" : "action",
    expansion: "none",
  };
}

/** Heading first. */
export function entryFacts({ entry, folderName }: ListedEntry, wording: Wording): { readonly label?: string; readonly value: string }[] {
  const { t } = wording;
  return [
    { value: entry.name },
    { label: t("Class"), value: entry.class },
    { label: t("Outcome"), value: outcomeInWords(entry.outcome, wording) },
    { label: t("Created"), value: fullMoment(entry.createdAt, wording) },
    { label: t("Ended"), value: fullMoment(entry.endedAt, wording) },
    { label: t("Folder"), value: folderName },
  ];
}

export function actionFacts(action: HistoryActionJson, wording: Wording): { readonly label?: string; readonly value: string }[] {
  const { t } = wording;
  const error = action.attempts.at(-1)?.error;
  const facts = [
    { value: action.name },
    { label: t("Class"), value: action.class },
    { label: t("Rank"), value: String(action.rank) },
    { label: t("Outcome"), value: outcomeInWords(action.outcome, wording) },
    { label: t("Attempts"), value: String(action.attempts.length) },
  ];
  if (!error) return facts;
  return [
    ...facts,
    { label: t("Error"), value: `${error.name}: ${error.message}` },
    ...(error.file === undefined ? [] : [{ label: t("Source"), value: `${error.file}:${error.line ?? 1}` }]),
  ];
}

function durationOf(actions: readonly HistoryActionJson[]): number {
  return actions.reduce((sum, { durationMs }) => sum + durationMs, 0);
}
