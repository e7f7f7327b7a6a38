import { shortText } from "../../server/words/short-text.ts";
import type { Translate } from "../../server/words/wording.ts";
import { type CountedDiagnostic, codeOf } from "./failure-counts.ts";

/** A note at the end of a line. */
export interface FailureNote {
  /** 0-based. */
  readonly line: number;
  readonly text: string;
  readonly severity: "error" | "warning";
}

export interface NotedDiagnostic extends CountedDiagnostic {
  readonly message: string;
  /** 0-based lines. */
  readonly range: { readonly start: { readonly line: number } };
}

/** A longer note would push itself out of sight. */
const MOST_CHARACTERS = 120;

const SEVERITIES: Readonly<Record<string, FailureNote["severity"]>> = {
  "action-failed": "error",
  "action-will-retry": "warning",
  "task-file": "error",
};

/** Returns one note per line, for the worst of its failures. */
export function failureNotes(diagnostics: readonly NotedDiagnostic[], t: Translate): FailureNote[] {
  const byLine = new Map<number, NotedDiagnostic[]>();
  for (const diagnostic of diagnostics) {
    if (severityOf(diagnostic) === undefined) continue;
    const { line } = diagnostic.range.start;
    byLine.set(line, [...(byLine.get(line) ?? []), diagnostic]);
  }
  return [...byLine].flatMap(([line, ofLine]) => {
    const worst = ofLine.find((diagnostic) => severityOf(diagnostic) === "error") ?? ofLine[0];
    const severity = worst && severityOf(worst);
    return worst && severity ? [{ line, severity, text: noteText(worst.message, severity, ofLine.length - 1, t) }] : [];
  });
}

function noteText(message: string, severity: FailureNote["severity"], others: number, t: Translate): string {
  const mark = severity === "error" ? "✖" : "⚠";
  const more = others > 0 ? ` ${t("(+{0})", others)}` : "";
  return `${mark} ${shortText(message, MOST_CHARACTERS - mark.length - 1 - more.length)}${more}`;
}

function severityOf(diagnostic: NotedDiagnostic): FailureNote["severity"] | undefined {
  const code = codeOf(diagnostic);
  return code === undefined ? undefined : SEVERITIES[code];
}
