import type { DamagedTask, TaskRecord } from "../../store/index.ts";
import { currentActionOf, type JudgedTick, situationOfTask } from "../../words/situation.ts";
import { attemptInWords, situationInWords } from "../../words/situation-words.ts";
import { actionsByRank } from "../task-state.ts";
import { formatError } from "./error-text.ts";
import { oneLine, oneMessageLine } from "./plain.ts";
import { formatAmount } from "./progress-text.ts";
import { colorOfSituation } from "./status-text.ts";
import type { Style } from "./style.ts";
import { type Column, tableLines } from "./table.ts";

type Row = TaskRecord | (DamagedTask & { readonly status: "damaged" });

/** What `list` shows of the stored tasks. */
export interface ListedTasks {
  readonly tasks: readonly TaskRecord[];
  readonly damaged: readonly DamagedTask[];
  /** How many more are stored. */
  readonly left: number;
}

/** The output of `list`: one line per task, followed by what blocks it. */
export function* listLines({ tasks, damaged, left }: ListedTasks, tick: JudgedTick, style: Style): Iterable<string> {
  const rows: Row[] = [...tasks, ...damaged.map((task) => ({ ...task, status: "damaged" as const }))];
  if (rows.length + left === 0) return yield "No tasks are stored.";
  yield* tableLines(columnsFor(tick, style), rows, style, (row) => notesOf(row, style));
  if (left === 0) return;
  const [shown, total] = [rows.length, rows.length + left].map((count) => count.toLocaleString("en"));
  yield style.colors.dim(`${shown} of ${total} tasks are shown. Show all of them with --all, or more with --limit.`);
}

function columnsFor(tick: JudgedTick, style: Style): Column<Row>[] {
  const { colors, wording } = style;
  const situation = (row: Row) => (isDamaged(row) ? "damaged" : situationOfTask(row, tick, wording.now));
  return [
    { title: "ID", minimum: 16, cell: ({ id }) => oneLine(id), color: () => colors.dim },
    { title: "NAME", minimum: 16, cell: ({ name }) => oneLine(name) },
    {
      title: "STATUS",
      minimum: 7,
      cell: (row) => situationInWords(situation(row), isDamaged(row) ? {} : row, wording),
      color: (row) => colorOfSituation(situation(row), colors),
    },
    { title: "ACTION", minimum: 10, cell: (row) => (isDamaged(row) ? "" : actionCell(row, style)) },
    { title: "PROGRESS", minimum: 5, cell: (row) => (isDamaged(row) ? "" : formatAmount(currentActionOf(row)?.progress ?? {}, style)) },
  ];
}

/** Formats `2/3 Compress`: the position of the current or next action. */
function actionCell(task: TaskRecord, { wording }: Style): string {
  const actions = actionsByRank(task);
  const current = currentActionOf(task) ?? actions.find((action) => action.outcome === undefined);
  if (!current) return actions.length === 0 ? "" : `${actions.length}/${actions.length}`;
  const position = `${actions.indexOf(current) + 1}/${actions.length} ${oneLine(current.name)}`;
  return [position, attemptInWords(current, wording)].filter(Boolean).join(", ");
}

function notesOf(row: Row, style: Style): string[] {
  if (isDamaged(row)) return [style.colors.red(oneMessageLine(row.problem))];
  const notes: string[] = [];
  if (row.problem !== undefined) notes.push(style.colors.yellow(oneMessageLine(row.problem)));
  if (row.message !== "") notes.push(oneMessageLine(row.message));
  const progressMessage = currentActionOf(row)?.progress?.message;
  if (progressMessage) notes.push(oneMessageLine(progressMessage));
  if (row.error) notes.push(...formatError(row.error, style));
  for (const action of actionsByRank(row)) {
    if (!action.error) continue;
    const [what = "", ...causes] = formatError(action.error, style);
    notes.push(`${oneLine(action.name)} failed: ${what}`, ...causes);
  }
  return notes;
}

function isDamaged(row: Row): row is DamagedTask & { readonly status: "damaged" } {
  return row.status === "damaged";
}
