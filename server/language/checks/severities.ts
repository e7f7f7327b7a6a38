import type { Check, Finding, Severity } from "./check.ts";

/** By code; codes that are not named have their default. */
export type Severities = Readonly<Record<string, Severity | "off">>;

/** The findings with the severities that somebody has set, without those of checks that are off. */
export function withSeverities(findings: readonly Finding[], severities: Severities): readonly Finding[] {
  return findings.flatMap((finding) => {
    const severity = Object.hasOwn(severities, finding.code) ? severities[finding.code] : undefined;
    if (severity === "off") return [];
    return severity === undefined || severity === finding.severity ? [finding] : [{ ...finding, severity }];
  });
}

/** Where a check is explained. */
export function docsOf({ code }: Pick<Check, "code">): string {
  return `https://github.com/background-task-ex/background-task-ex/blob/main/docs/checks/${code}.md`;
}
