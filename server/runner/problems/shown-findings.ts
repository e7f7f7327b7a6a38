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

/** A finding with the diagnostic that tells of it, and the folder by which the file was read. */
export interface ShownFinding {
  readonly finding: Finding;
  readonly diagnostic: Diagnostic;
  readonly read: ReadFile;
}

/** What the checks find in a file, but for what loading the file has shown already: that is the authority. */
export function findingsIn({ language, model, file, facts }: ReadFile): readonly Finding[] {
  const told = linesTold(facts, file);
  const owners = model.file(file).classes;
  return language.withSeverities(language.checkFile(model, file), facts.severities).filter(({ code, range }) => {
    if (told.has(range.start.line)) return false;
    const owner = owners.find((one) => one.range.start.line <= range.start.line && range.start.line <= one.range.end.line);
    // A class that could not be made, and the constructor because of which it could not.
    return code !== "constructor-not-callable" || !owner || !told.has(owner.nameRange.start.line);
  });
}

/** @param reads of one file; what several folders find is shown once, as the first of them has it. */
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

/** 0-based lines of which loading the file has told something. */
function linesTold({ loadProblems, classes }: FolderFacts, file: string): ReadonlySet<number> {
  const ofFile = loadProblems.filter((problem) => problem.file === file).map(({ line = 1 }) => line - 1);
  const ofClasses = classes.filter((one) => one.file === file && one.problem !== undefined).map(({ line = 1 }) => line - 1);
  return new Set([...ofFile, ...ofClasses]);
}
