import { isAbsolute, relative } from "node:path";
import type { ErrorRecord } from "../../store/index.ts";
import { oneLine, oneMessageLine } from "./plain.ts";
import type { Style } from "./style.ts";

/** Formats `logs.task.ts:12:5`, relative if it is below `directory`: terminals turn it into a link. */
export function formatPosition(error: Pick<ErrorRecord, "file" | "line" | "column">, directory: string): string | undefined {
  if (error.file === undefined) return undefined;
  return [oneLine(shortPath(error.file, directory)), error.line, error.column].filter((part) => part !== undefined).join(":");
}

export function shortPath(file: string, directory: string): string {
  const path = relative(directory, file);
  return path === "" || path.startsWith("..") || isAbsolute(path) ? file : path;
}

/** Formats the error and its position on one line, followed by one line per cause. */
export function formatError(error: ErrorRecord, style: Style): string[] {
  const position = formatPosition(error, style.directory);
  const [firstLine = ""] = error.message.split("\n");
  const what = `${oneLine(error.name)}: ${oneMessageLine(firstLine)}`;
  const line = style.colors.red(what) + (position === undefined ? "" : `  ${style.colors.cyan(position)}`);
  if (!error.cause) return [line];
  const [cause = "", ...deeper] = formatError(error.cause, style);
  return [line, `  caused by ${cause}`, ...deeper];
}
