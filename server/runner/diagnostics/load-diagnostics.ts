import { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver";
import { findClassDeclaration } from "../../language/class-declaration.ts";
import type { ConfigError } from "../../workspace/index.ts";
import type { Catalog } from "../folder/class-catalog.ts";
import { DIAGNOSTIC_SOURCE } from "./failure-diagnostic.ts";
import { rangeInText } from "./source-range.ts";

export interface PlacedDiagnostic {
  readonly file: string;
  readonly diagnostic: Diagnostic;
}

/** What keeps task files, or classes in them, from being used. */
export function loadDiagnostics({ classes, problems }: Catalog, textOf: (file: string) => string | undefined): PlacedDiagnostic[] {
  const ofFiles = problems.map(({ file, line = 1, column = 1, name, message }) =>
    placed(file, "task-file", name === undefined || name === "Error" ? message : `${name}: ${message}`, { line, column }, textOf),
  );
  const ofClasses = classes.flatMap(({ file, name, problem }) => {
    if (file === undefined || problem === undefined) return [];
    const declaration = findClassDeclaration(textOf(file) ?? "", name) ?? { line: 1, column: 1 };
    return [placed(file, "task-file", problem, declaration, textOf)];
  });
  return [...ofFiles, ...ofClasses];
}

export function configDiagnostic(
  { file, line = 1, column = 1, message }: ConfigError,
  textOf: (file: string) => string | undefined,
): PlacedDiagnostic {
  return placed(file, "configuration", message, { line, column }, textOf);
}

function placed(
  file: string,
  code: string,
  message: string,
  place: { readonly line: number; readonly column: number },
  textOf: (file: string) => string | undefined,
): PlacedDiagnostic {
  return {
    file,
    diagnostic: { range: rangeInText(textOf(file), place), severity: DiagnosticSeverity.Error, code, source: DIAGNOSTIC_SOURCE, message },
  };
}
