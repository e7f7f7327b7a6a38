import type { HistoryAction, HistoryEntry } from "../../store/index.ts";
import { outcomeInWords } from "../../words/outcome-words.ts";
import { outcomesInWords } from "../../words/report-words.ts";
import { durationInWords } from "../../words/time-words.ts";
import { formatError } from "./error-text.ts";
import { counted, oneLine } from "./plain.ts";
import { nameWithClass } from "./show-text.ts";
import { colorOfOutcome } from "./status-text.ts";
import type { Style } from "./style.ts";
import { type Column, formatTable } from "./table.ts";
import { formatMoment } from "./time-text.ts";

/** The output of `history`: one line per ended task, followed by its failures. */
export function formatHistory(entries: readonly HistoryEntry[], style: Style): string[] {
  return formatTable(columnsFor(style), entries, style, (entry) => notesOf(entry, style));
}

function columnsFor({ colors, wording }: Style): Column<HistoryEntry>[] {
  return [
    { title: "ENDED", minimum: 19, cell: ({ endedAt }) => formatMoment(endedAt), color: () => colors.dim },
    { title: "ID", minimum: 16, cell: ({ id }) => id, color: () => colors.dim },
    { title: "NAME", minimum: 12, cell: nameWithClass },
    {
      title: "OUTCOME",
      minimum: 9,
      cell: ({ outcome }) => outcomeInWords(outcome, wording),
      color: ({ outcome }) => colorOfOutcome(outcome, colors),
    },
    {
      title: "ACTIONS",
      minimum: 7,
      cell: ({ actions }) =>
        outcomesInWords(
          actions.map(({ outcome }) => outcome),
          wording,
        ),
    },
    {
      title: "WORKED",
      minimum: 6,
      cell: ({ actions, ticks }) => {
        const worked = actions.reduce((sum, { durationMs }) => sum + durationMs, 0);
        return `${durationInWords(worked, wording)} in ${counted(ticks, "tick")}`;
      },
    },
  ];
}

function notesOf(entry: HistoryEntry, style: Style): string[] {
  const message = oneLine(entry.message);
  return [...(message ? [message] : []), ...entry.actions.flatMap((action) => [...editsOf(action), ...failureOf(action, style)])];
}

function editsOf({ name, edits = [] }: HistoryAction): string[] {
  return edits.map(({ at, before, after }) => {
    return `${oneLine(name)}: params edited ${formatMoment(at)} from ${JSON.stringify(before)} to ${JSON.stringify(after)}`;
  });
}

function failureOf(action: HistoryAction, style: Style): string[] {
  const error = action.attempts.at(-1)?.error;
  if (action.outcome !== "failed" || !error) return [];
  const [what = "", ...causes] = formatError(error, style);
  return [`${oneLine(action.name)} failed: ${what}`, ...causes];
}
