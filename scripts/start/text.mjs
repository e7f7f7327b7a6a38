import { relative } from "node:path";

/** What a tick did with a task, and how far that is by now: nothing, `41 %`, `try 2 failed`, `finished`, `failed`. */
export function taskInWords(reported, stored) {
  if (!reported) return "";
  const { status, actions } = reported;
  const last = actions.at(-1);
  if (status === "finished") return actions.some((action) => action.outcome === "failed") ? "failed" : "finished";
  if (last?.outcome === "will-retry") return `try ${last.attempt} failed`;
  const { done, total } = stored?.actions.find((action) => action.id === stored.currentAction)?.progress ?? {};
  return total > 0 ? `${Math.floor((100 * done) / total)} %` : status;
}

/** Cells below the titles that head their columns. */
export function underneath(titles, cells) {
  return titles
    .map((title, column) => cells[column].padEnd(title.length))
    .join("  ")
    .trimEnd();
}

export function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join("  ")
      .trimEnd(),
  );
}

/** A path that a terminal makes a link of. */
export function position({ file, line, column }, directory) {
  return `${relative(directory, file).replaceAll("\\", "/")}:${line}:${column}`;
}
