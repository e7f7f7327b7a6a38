import { type DiagnosticRelatedInformation, DiagnosticSeverity } from "vscode-languageserver";
import type { ErrorRecord } from "../../store/index.ts";
import { attemptNumberInWords } from "../../words/attempt-words.ts";
import { errorInWords } from "../../words/failure-words.ts";
import { inEnglish } from "../../words/wording.ts";
import { uriOf } from "../file-uri.ts";
import type { Failure } from "../model/failure.ts";
import type { Problem } from "../model/problem.ts";
import { rangeInText } from "./source-range.ts";

export const DIAGNOSTIC_SOURCE = "background-tasks";

/** Maximum number of other frames listed. */
const MOST_FRAMES = 10;

/** Returned by a client to dismiss or debug the failure. */
export interface FailureData {
  readonly folder: string;
  readonly task: string;
  readonly action: string;
}

/** A position in a source file; 1-based. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export function failureDiagnostic(
  failure: Failure,
  position: SourcePosition,
  {
    folder,
    maxAttempts,
    textOf,
  }: { readonly folder: string; readonly maxAttempts: number | undefined; readonly textOf: (file: string) => string | undefined },
): Problem["diagnostic"] {
  const data: FailureData = { folder, task: failure.task, action: failure.action };
  const related = relatedInformation(failure.error, position, textOf);
  return {
    severity: failure.willRetry ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error,
    code: failure.willRetry ? "action-will-retry" : "action-failed",
    source: DIAGNOSTIC_SOURCE,
    message: `${failure.class} failed${attemptInBrackets(failure.attempt, maxAttempts)}: ${errorInWords(failure.error)}`,
    ...(related.length > 0 && { relatedInformation: related }),
    data,
  };
}

function attemptInBrackets(attempt: number | undefined, maxAttempts: number | undefined): string {
  return attempt ? ` (${attemptNumberInWords(attempt, maxAttempts, { t: inEnglish })})` : "";
}

/** The other frames of the user's code, then the causes of the error. */
function relatedInformation(
  error: ErrorRecord,
  position: SourcePosition,
  textOf: (file: string) => string | undefined,
): DiagnosticRelatedInformation[] {
  const at = (where: SourcePosition, message: string): DiagnosticRelatedInformation => ({
    location: { uri: uriOf(where.file), range: rangeInText(textOf(where.file), where) },
    message,
  });
  const callers = (error.frames ?? [])
    .filter(({ file, line, column }) => file !== position.file || line !== position.line || column !== position.column)
    .slice(0, MOST_FRAMES)
    .map((frame) => at(frame, frame.function ? `called in ${frame.function}` : "called here"));
  return [...callers, ...causesOf(error).map((cause) => at(positionOf(cause) ?? position, `caused by ${errorInWords(cause)}`))];
}

function causesOf(error: ErrorRecord): ErrorRecord[] {
  return error.cause ? [error.cause, ...causesOf(error.cause)] : [];
}

export function positionOf({ file, line, column }: ErrorRecord): SourcePosition | undefined {
  return file === undefined ? undefined : { file, line: line ?? 1, column: column ?? 1 };
}
