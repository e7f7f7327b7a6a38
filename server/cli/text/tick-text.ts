import type { ReportedAction, ReportedTask, TickReport } from "../../service/tick/tick-report.ts";
import { idleInWords, isReportedIdle } from "../../words/idle-words.ts";
import { outcomeInWords } from "../../words/outcome-words.ts";
import { endInWords, outcomesInWords, reportedTaskInWords, skippedInWords, tickInWords } from "../../words/report-words.ts";
import { durationInWords } from "../../words/time-words.ts";
import { formatError } from "./error-text.ts";
import { counted, oneLine, oneMessageLine } from "./plain.ts";
import { colorOfOutcome, colorOfReported } from "./status-text.ts";
import type { Style } from "./style.ts";

/** The output of `tick` at its end: each task, the outcomes of its actions, and where they failed. */
export function formatTick(report: TickReport, style: Style): string[] {
  return [
    ...report.tasks.flatMap((task) => formatTask(task, style)),
    ...(report.processes ?? []).flatMap(({ name, outcome, message, error }) => [
      `${style.colors.bold(oneLine(name))}: ${colorOfOutcome(outcome, style.colors)(outcomeInWords(outcome, style.wording))}${message ? `, ${oneMessageLine(message)}` : ""}`,
      ...(error ? formatError(error, style).map((line) => `  ${line}`) : []),
    ]),
    summarizeTick(report, style),
  ];
}

/** Formats `Tick done after 1.3 s: 3 tasks; 2 finished, 1 to be retried.` */
export function summarizeTick(report: TickReport, { wording }: Style): string {
  const outcome = tickInWords(report.outcome, wording);
  if (report.outcome === "locked") return `${outcome}: nothing was done.`;
  const actions = outcomesInWords(
    report.tasks.flatMap((task) => task.actions.map((action) => action.outcome)),
    wording,
  );
  const skipped = report.skipped && skippedInWords(report.skipped, wording);
  const what = report.tasks.length === 0 ? "nothing to do" : [counted(report.tasks.length, "task"), actions].filter(Boolean).join("; ");
  return `${outcome} after ${durationInWords(report.durationMs, wording)}: ${what}${skipped ? `; not executed: ${skipped}` : ""}.`;
}

function formatTask(task: ReportedTask, style: Style): string[] {
  const { colors } = style;
  return [
    `${colors.bold(oneLine(task.name))} ${colors.dim(oneLine(task.id))}: ${colorOfReported(task.status, colors)(reportedTaskInWords(task, style.wording))}`,
    ...(task.error ? formatError(task.error, style).map((line) => `  ${line}`) : []),
    ...task.actions.flatMap((action) => formatAction(action, style)),
  ];
}

function formatAction(action: ReportedAction, style: Style): string[] {
  return [
    `  ${oneLine(action.name)}: ${colorOfOutcome(action.outcome, style.colors)(endInWords(action, style.wording))}`,
    ...(isReportedIdle(action)
      ? [`    ${style.colors.yellow(idleInWords(oneLine(action.class), action.idlePauses ?? 0, style.wording))}`]
      : []),
    ...(action.error ? formatError(action.error, style).map((line) => `    ${line}`) : []),
  ];
}
