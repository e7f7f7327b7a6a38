import type { Check, Severity } from "./check.ts";
import { NOT_ANALYSED } from "./not-analysed.ts";

/** By code; other codes have their default severity. */
export type Severities = Readonly<Record<string, Severity | "off">>;

/** Applies configured severities to findings, and drops those that are off. */
export function withSeverities<Found extends { readonly code: string; readonly severity: Severity }>(
  found: readonly Found[],
  severities: Severities,
): readonly Found[] {
  return found.flatMap((finding) => {
    const severity = Object.hasOwn(severities, finding.code) ? severities[finding.code] : undefined;
    if (severity === "off") return [];
    return severity === undefined || severity === finding.severity ? [finding] : [{ ...finding, severity }];
  });
}

/** The URL of the documentation of a check. */
export function docsOf({ code }: Pick<Check, "code">): string {
  const page = code === NOT_ANALYSED.code ? `README.md#${code}` : `${code}.md`;
  return `https://github.com/background-task-ex/background-task-ex/blob/main/docs/checks/${page}`;
}
