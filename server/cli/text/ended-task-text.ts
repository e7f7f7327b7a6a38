import type { AttemptRecord, HistoryAction, HistoryEntry } from "../../store/index.ts";
import { outcomeInWords } from "../../words/outcome-words.ts";
import { durationInWords } from "../../words/time-words.ts";
import { counted, jsonLine, oneLine, oneMessageLine } from "./plain.ts";
import { formatFacts, formatFailure, nameWithClass } from "./show-text.ts";
import { colorOfOutcome } from "./status-text.ts";
import type { Style } from "./style.ts";
import { formatMoment } from "./time-text.ts";

/** The output of `show` for a task that has ended: everything the history has about it. */
export function formatEndedTask(entry: HistoryEntry, style: Style): string[] {
  const { colors, wording } = style;
  const worked = entry.actions.reduce((sum, { durationMs }) => sum + durationMs, 0);
  return [
    colors.bold(oneLine(entry.name)),
    ...formatFacts([
      ["id", oneLine(entry.id)],
      ["class", oneLine(entry.class)],
      ["type", entry.type],
      ["outcome", colorOfOutcome(entry.outcome, colors)(outcomeInWords(entry.outcome, wording))],
      ["message", oneMessageLine(entry.message) || undefined],
      ["created", formatMoment(entry.createdAt)],
      ["ended", formatMoment(entry.endedAt)],
      ["worked", `${durationInWords(worked, wording)} in ${counted(entry.ticks, "tick")}`],
      ["params", jsonLine(entry.params)],
    ]),
    "",
    ...entry.actions.flatMap((action, index) => formatAction(action, index + 1, style)),
  ];
}

function formatAction(action: HistoryAction, position: number, style: Style): string[] {
  const { colors, wording } = style;
  const { attempts, edits = [], outcome } = action;
  const last = attempts.at(-1);
  // Entries of earlier versions have the params of an action only as its attempts started with them.
  const params = action.params ?? last?.savedParams ?? last?.params;
  // The history keeps the first and the last attempts only.
  const count = Math.max(attempts.length, last?.error?.attempt ?? 0);
  const attempt = count > 0 ? `, ${counted(count, "attempt")}` : "";
  return [
    `${position}. ${colors.bold(nameWithClass(action))}: ${colorOfOutcome(outcome, colors)(outcomeInWords(outcome, wording))}${attempt}`,
    ...(params === undefined ? [] : [`     params    ${jsonLine(params)}`]),
    ...edits.map(({ at, before }) => `     edited    ${formatMoment(at)}, before ${jsonLine(before)}`),
    ...attempts.flatMap((each) => formatFailedAttempt(each, style)),
  ];
}

function formatFailedAttempt({ startedAt, durationMs, params, error }: AttemptRecord, style: Style): string[] {
  if (!error) return [];
  return [
    `     attempt ${error.attempt} failed after ${durationInWords(durationMs, style.wording)}, ${formatMoment(startedAt)}, params ${jsonLine(params)}`,
    ...formatFailure(error, style).map((line) => `       ${line}`),
  ];
}
