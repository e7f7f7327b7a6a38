import { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver";
import type { Finding, Severity } from "../../language/index.ts";
import type { FolderFacts } from "../model/folder-facts.ts";
import type { ReadFile } from "../task-file-reading.ts";
import { DIAGNOSTIC_SOURCE } from "./failure-diagnostic.ts";

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
};

/** A finding with its diagnostic, and the folder by which the file was read. */
export interface ShownFinding {
  readonly finding: Finding;
  readonly diagnostic: Diagnostic;
  readonly read: ReadFile;
}

/** The findings of the checks in a file, except for problems already shown by loading it, which take precedence. */
export function findingsIn({ language, model, file, facts }: ReadFile): readonly Finding[] {
  const told = linesTold(facts, file);
  const owners = model.file(file).classes;
  return language.withSeverities(language.checkFile(model, file), facts.severities).filter(({ code, range }) => {
    if (told.has(range.start.line)) return false;
    const owner = owners.find((one) => one.range.start.line <= range.start.line && range.start.line <= one.range.end.line);
    // A class that could not be constructed, and the constructor at fault.
    return code !== "constructor-not-callable" || !owner || !told.has(owner.nameRange.start.line);
  });
}

/** @param reads of one file; a finding shared by several folders is shown once, from the first of them. */
export function shownFindings(reads: readonly ReadFile[]): ShownFinding[] {
  const judged = new Set<string>();
  return reads.flatMap((read) => {
    const { language, model, file } = read;
    const shown = findingsIn(read).filter((finding) => !judged.has(keyOf(finding)));
    for (const finding of language.checkFile(model, file)) judged.add(keyOf(finding));
    return shown.map((finding) => ({ finding, read, diagnostic: diagnosticOf(finding, read) }));
  });
}

function diagnosticOf({ range, code, severity, message }: Finding, { language }: ReadFile): Diagnostic {
  return {
    range,
    severity: SEVERITIES[severity],
    code,
    codeDescription: { href: language.docsOf({ code }) },
    source: DIAGNOSTIC_SOURCE,
    message,
  };
}

function keyOf({ code, range }: Finding): string {
  return JSON.stringify([code, range]);
}

/** 0-based lines with a problem found by loading the file. */
function linesTold({ loadProblems, classes }: FolderFacts, file: string): ReadonlySet<number> {
  const ofFile = loadProblems.filter((problem) => problem.file === file).map(({ line = 1 }) => line - 1);
  const ofClasses = classes.filter((one) => one.file === file && one.problem !== undefined).map(({ line = 1 }) => line - 1);
  return new Set([...ofFile, ...ofClasses]);
}
