import type { DamagedEntry, HistoryAction, HistoryEntry } from "../../store/index.ts";
import { outcomeInWords } from "../../words/outcome-words.ts";
import { outcomesInWords } from "../../words/report-words.ts";
import { durationInWords } from "../../words/time-words.ts";
import { formatError } from "./error-text.ts";
import { counted, jsonLine, oneLine, oneMessageLine } from "./plain.ts";
import { nameWithClass } from "./show-text.ts";
import { colorOfOutcome } from "./status-text.ts";
import type { Style } from "./style.ts";
import { type Column, formatTable } from "./table.ts";
import { formatMinute, formatMoment } from "./time-text.ts";

type Row = HistoryEntry | DamagedEntry;

/** The output of `history`: one line per ended task, followed by its failures. */
export function formatHistory(entries: readonly HistoryEntry[], damaged: readonly DamagedEntry[], style: Style): string[] {
  return formatTable(columnsFor(style), [...entries, ...damaged], style, (row) => notesOf(row, style));
}

function columnsFor({ colors, wording }: Style): Column<Row>[] {
  return [
    { title: "ENDED", minimum: 20, cell: (row) => (isDamaged(row) ? "" : formatMinute(row.endedAt)), color: () => colors.dim },
    { title: "ID", minimum: 16, cell: ({ id }) => oneLine(id), color: () => colors.dim },
    { title: "NAME", minimum: 12, cell: (row) => (isDamaged(row) ? oneLine(row.name) : nameWithClass(row)) },
    {
      title: "OUTCOME",
      minimum: 9,
      cell: (row) => (isDamaged(row) ? wording.t("damaged") : outcomeInWords(row.outcome, wording)),
      color: (row) => (isDamaged(row) ? colors.red : colorOfOutcome(row.outcome, colors)),
    },
    {
      title: "ACTIONS",
      minimum: 7,
      cell: (row) =>
        isDamaged(row)
          ? ""
          : outcomesInWords(
              row.actions.map(({ outcome }) => outcome),
              wording,
            ),
    },
    {
      title: "WORKED",
      minimum: 6,
      cell: (row) => {
        if (isDamaged(row)) return "";
        const { actions, ticks } = row;
        const worked = actions.reduce((sum, { durationMs }) => sum + durationMs, 0);
        return `${durationInWords(worked, wording)} in ${counted(ticks, "tick")}`;
      },
    },
  ];
}

function notesOf(entry: Row, style: Style): string[] {
  if (isDamaged(entry)) return [style.colors.red(oneLine(entry.problem)), style.colors.dim(oneLine(entry.raw))];
  const message = oneMessageLine(entry.message);
  return [...(message ? [message] : []), ...entry.actions.flatMap((action) => [...editsOf(action), ...failureOf(action, style)])];
}

function isDamaged(row: Row): row is DamagedEntry {
  return "raw" in row;
}

function editsOf({ name, edits = [] }: HistoryAction): string[] {
  return edits.map(({ at, before, after }) => {
    return `${oneLine(name)}: params edited ${formatMoment(at)} from ${jsonLine(before)} to ${jsonLine(after)}`;
  });
}

function failureOf(action: HistoryAction, style: Style): string[] {
  const error = action.attempts.at(-1)?.error;
  if (action.outcome !== "failed" || !error) return [];
  const [what = "", ...causes] = formatError(error, style);
  return [`${oneLine(action.name)} failed: ${what}`, ...causes];
}
