import { findClassDeclaration } from "../../language/class-declaration.ts";
import type { ClassDescription } from "../../service/classes/class-description.ts";
import type { WorkspaceDescription } from "../../worker/channel/workspace-description.ts";
import type { Diagnostic } from "../diagnostic.ts";

/** Reads a source file; `undefined` if that is not possible. */
export type ReadSource = (file: string) => string | undefined;

/** Problems found by loading the task files: files that fail to load, names shared by several classes, unusable classes. */
export function checkLoading({ classes, problems }: WorkspaceDescription, readSource: ReadSource): Diagnostic[] {
  return [
    ...problems.map(({ file, line = 1, column = 1, message }) => ({
      file,
      line,
      column,
      severity: "error" as const,
      code: "file-does-not-load",
      message,
    })),
    ...classes.flatMap((described) => checkClass(described, classes, readSource)),
  ];
}

function checkClass(
  { kind, name, file, problem }: ClassDescription,
  classes: readonly ClassDescription[],
  readSource: ReadSource,
): Diagnostic[] {
  if (problem === undefined || file === undefined) return [];
  const isShared = classes.filter((other) => other.kind === kind && other.name === name).length > 1;
  const code = isShared ? "duplicate-class-name" : "class-not-usable";
  return [
    { file, ...(findClassDeclaration(readSource(file) ?? "", name) ?? { line: 1, column: 1 }), severity: "error", code, message: problem },
  ];
}
