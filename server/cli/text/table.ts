import cliTruncate from "cli-truncate";
import stringWidth from "string-width";
import type { Style } from "./style.ts";

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string;
  readonly color?: (row: Row) => (text: string) => string;
  /** Minimum width in columns, even if the table is then wider than the terminal. */
  readonly minimum: number;
}

const GAP = "  ";
/** As long as names may be. A longer one, from a store that was made elsewhere, would pad every row, in a pipe as well. */
const LONGEST_CELL = 200;

/**
 * Formats rows below a line of titles, each followed by its notes. If they do not fit, the widest columns shrink first, down to their
 * minimum.
 */
export function formatTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  style: Style,
  notes: (row: Row) => readonly string[] = () => [],
): string[] {
  return [...tableLines(columns, rows, style, notes)];
}

/** Like `formatTable`, one line at a time: memory does not depend on the number of rows, whose cells are therefore formatted twice. */
export function* tableLines<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  style: Style,
  notes: (row: Row) => readonly string[] = () => [],
): Iterable<string> {
  const widths = columnWidths(
    naturalWidths(columns, rows),
    columns.map(({ minimum }) => minimum),
    style.columns - GAP.length * (columns.length - 1),
  );
  const line = (texts: readonly string[], color: (index: number) => (text: string) => string) =>
    texts
      .map((text, index) => {
        const width = widths[index] ?? 0;
        const shown = cut(text, width);
        const padding = index === texts.length - 1 ? "" : " ".repeat(width - stringWidth(shown));
        return shown === "" ? padding : color(index)(shown) + padding;
      })
      .join(GAP)
      .trimEnd();
  const plain = (text: string) => text;
  yield line(
    columns.map(({ title }) => title),
    () => style.colors.dim,
  );
  for (const row of rows) {
    yield line(
      columns.map(({ cell }) => bounded(cell(row))),
      (index) => columns[index]?.color?.(row) ?? plain,
    );
    for (const note of notes(row)) yield cut(`  ${note}`, style.columns);
  }
}

function naturalWidths<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): number[] {
  const widths = columns.map(({ title }) => stringWidth(title));
  for (const row of rows) {
    for (const [index, { cell }] of columns.entries()) widths[index] = Math.max(widths[index] ?? 0, stringWidth(bounded(cell(row))));
  }
  return widths;
}

function bounded(text: string): string {
  return text.length > LONGEST_CELL ? cut(text, LONGEST_CELL) : text;
}

/** Truncates with an ellipsis if it is wider than `columns`. */
export function cut(text: string, columns: number): string {
  return Number.isFinite(columns) && stringWidth(text) > columns ? cliTruncate(text, Math.max(1, columns)) : text;
}

function columnWidths(natural: readonly number[], minimum: readonly number[], available: number): readonly number[] {
  const widths = [...natural];
  let excess = widths.reduce((sum, width) => sum + width, 0) - available;
  while (excess > 0 && Number.isFinite(excess)) {
    const widest = widths.reduce(
      (best, width, index) => (width > (minimum[index] ?? 0) && width > (widths[best] ?? -1) ? index : best),
      -1,
    );
    if (widest < 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
    excess--;
  }
  return widths;
}
