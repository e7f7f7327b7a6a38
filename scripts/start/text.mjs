import { relative } from "node:path";

/** `CompressLogs 41 %` and the like: what a tick did with each task, and how far it is by now. */
export function tickInWords(report, storedTasks) {
  return report.tasks.map((task) =>
    taskInWords(
      task,
      storedTasks.find((stored) => stored.id === task.id),
    ),
  );
}

function taskInWords({ class: name, status, actions }, stored) {
  const last = actions.at(-1);
  if (status === "finished") return actions.some((action) => action.outcome === "failed") ? `${name} failed` : `${name} finished`;
  if (last?.outcome === "will-retry") return `${name} will retry after attempt ${last.attempt}`;
  const { done, total } = stored?.actions.find((action) => action.id === stored.currentAction)?.progress ?? {};
  return total > 0 ? `${name} ${Math.floor((100 * done) / total)} %` : `${name} ${status}`;
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

export function seconds(milliseconds) {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}
