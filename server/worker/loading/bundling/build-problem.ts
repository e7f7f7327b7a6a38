import { resolve } from "node:path";
import type { BuildFailure, Message } from "esbuild";
import type { LoadProblem } from "../load-problem.ts";

/** A message of esbuild; `file` is `undefined` if it has no position. */
export interface BuildProblem extends Omit<LoadProblem, "file"> {
  readonly file: string | undefined;
}

/** @param directory the directory that files in messages are relative to. */
export function toBuildProblem({ text, location, notes }: Message, directory: string): BuildProblem {
  // Notes that end with a colon refer to another position, which is omitted here.
  const parts = [text, ...notes.map((note) => note.text)].filter((part) => part !== "" && !part.endsWith(":"));
  const message = parts.map((part) => part.replace(/(?<![.!?])$/, ".")).join(" ");
  if (!location || !["", "file"].includes(location.namespace)) return { file: undefined, message, during: "build" };
  const column = Buffer.from(location.lineText).subarray(0, location.column).toString().length + 1;
  return { file: resolve(directory, location.file), line: location.line, column, message, during: "build" };
}

export function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && Array.isArray((error as Partial<BuildFailure>).errors);
}
