import type { Check, Severity } from "./check.ts";

/** By code; codes that are not named have their default. */
export type Severities = Readonly<Record<string, Severity | "off">>;

/** What was found with the severities that somebody has set, without what is off. */
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

/** Where a check is explained. */
export function docsOf({ code }: Pick<Check, "code">): string {
  return `https://github.com/background-task-ex/background-task-ex/blob/main/docs/checks/${code}.md`;
}
