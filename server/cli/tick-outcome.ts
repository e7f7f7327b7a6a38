import type { ReportedAction, TickReport } from "../service/tick/tick-report.ts";

/** True if something failed in the tick, even if it will be retried. */
export function hasFailure(report: TickReport): boolean {
  return hasActionOutcome(report, ["failed", "will-retry"]) || failedAsAWhole(report);
}

/** True if something failed in the tick and will not be retried. */
export function hasFinalFailure(report: TickReport): boolean {
  return hasActionOutcome(report, ["failed"]) || failedAsAWhole(report);
}

function hasActionOutcome({ tasks }: TickReport, outcomes: readonly ReportedAction["outcome"][]): boolean {
  return tasks.some(({ actions }) => actions.some(({ outcome }) => outcomes.includes(outcome)));
}

function failedAsAWhole({ tasks, processes = [] }: TickReport): boolean {
  return tasks.some(({ error }) => error !== undefined) || processes.some(({ outcome }) => outcome === "failed");
}
