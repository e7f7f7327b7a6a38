import { DiagnosticSeverity } from "vscode-languageserver";
import { findClassDeclaration } from "../../language/class-declaration.ts";
import type { WorkspaceDescription } from "../../worker/channel/workspace-description.ts";
import type { ConfigError } from "../../workspace/index.ts";
import type { Problem } from "../model/problem.ts";
import { DIAGNOSTIC_SOURCE, type SourcePosition } from "./failure-diagnostic.ts";
import type { Places } from "./places.ts";
import { rangeInText } from "./source-range.ts";

/** Why task files, or classes in them, cannot be used; excludes deleted files. */
export function loadProblems(
  { classes, problems }: WorkspaceDescription,
  texts: ReadonlyMap<string, string>,
  places: Places,
): readonly Problem[] {
  const ofFiles = problems.map(({ file, line = 1, column = 1, name, message }) => ({
    position: { file, line, column },
    message: name === undefined || name === "Error" ? message : `${name}: ${message}`,
  }));
  const ofClasses = classes.flatMap(({ file, name, problem }) => {
    if (file === undefined || problem === undefined) return [];
    const declaration = findClassDeclaration(texts.get(file) ?? "", name) ?? { line: 1, column: 1 };
    return [{ position: { file, ...declaration }, message: problem }];
  });
  return [...ofFiles, ...ofClasses].flatMap(({ position, message }) => {
    const text = texts.get(position.file);
    return text === undefined ? [] : [problemAt(position, { code: "task-file", message, text }, places)];
  });
}

export function configProblem({ file, line = 1, column = 1, message }: ConfigError, text: string | undefined, places: Places): Problem {
  return problemAt({ file, line, column }, { code: "configuration", message, text }, places);
}

function problemAt(
  position: SourcePosition,
  { code, message, text }: { readonly code: string; readonly message: string; readonly text: string | undefined },
  places: Places,
): Problem {
  return {
    place: places.found(position.file, rangeInText(text, position), text),
    diagnostic: { severity: DiagnosticSeverity.Error, code, source: DIAGNOSTIC_SOURCE, message },
  };
}
