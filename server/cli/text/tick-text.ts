import type { ReportedAction, ReportedTask, TickReport } from "../../service/tick/tick-report.ts";
import { formatError } from "./error-text.ts";
import { countOutcomes } from "./history-text.ts";
import { counted, oneLine } from "./plain.ts";
import { colorOf } from "./status-text.ts";
import type { Style } from "./style.ts";
import { formatDuration } from "./time-text.ts";

const OUTCOMES = {
  done: "Tick done",
  "time-budget-spent": "Time budget spent",
  locked: "Another tick is running: nothing was done",
  cancelled: "Tick stopped",
} as const;

/** What `tick` prints at its end: each task, what became of its actions, and where they failed. */
export function formatTick(report: TickReport, style: Style): string[] {
  return [
    ...report.tasks.flatMap((task) => formatTask(task, style)),
    ...(report.processes ?? []).flatMap(({ name, outcome, message, error }) => [
      `${style.colors.bold(oneLine(name))}: ${colorOf(outcome, style.colors)(outcome)}${message ? `, ${oneLine(message)}` : ""}`,
      ...(error ? formatError(error, style).map((line) => `  ${line}`) : []),
    ]),
    summarizeTick(report),
  ];
}

/** `Tick done after 1.3 s: 3 tasks, 2 finished, 1 will-retry.` */
export function summarizeTick(report: TickReport): string {
  if (report.outcome === "locked") return `${OUTCOMES.locked}.`;
  const actions = countOutcomes(report.tasks.flatMap((task) => task.actions));
  const what = report.tasks.length === 0 ? "nothing to do" : [counted(report.tasks.length, "task"), actions].filter(Boolean).join("; ");
  return `${OUTCOMES[report.outcome]} after ${formatDuration(report.durationMs)}: ${what}.`;
}

function formatTask(task: ReportedTask, style: Style): string[] {
  const { colors } = style;
  return [
    `${colors.bold(oneLine(task.name))} ${colors.dim(task.id)}: ${colorOf(task.status, colors)(task.status)}`,
    ...(task.error ? formatError(task.error, style).map((line) => `  ${line}`) : []),
    ...task.actions.flatMap((action) => formatAction(action, style)),
  ];
}

function formatAction(action: ReportedAction, style: Style): string[] {
  const outcome = colorOf(action.outcome, style.colors)(action.outcome);
  const attempt = action.attempt > 1 || action.error ? `, attempt ${action.attempt}` : "";
  return [
    `  ${oneLine(action.name)}: ${outcome}${attempt}, ${formatDuration(action.durationMs)}`,
    ...(action.error ? formatError(action.error, style).map((line) => `    ${line}`) : []),
  ];
}
