import type { TickEvent } from "../../protocol/tick-event.ts";
import type { ReportedAction, TickReport } from "../../service/index.ts";
import type { ErrorRecord } from "../../store/index.ts";
import type { LogLevel } from "../runner-log.ts";

export interface LogLine {
  readonly level: LogLevel;
  readonly text: string;
}

const OUTCOMES = {
  done: "Tick done",
  "time-budget-spent": "Time budget spent",
  locked: "Another tick is running",
  cancelled: "Tick cancelled",
};

/** What is worth a line while a tick runs; what user code prints is told apart. */
export function noticeLine(event: TickEvent): LogLine | undefined {
  switch (event.kind) {
    case "warning":
    case "worker-ended":
      return { level: "warning", text: event.message };
    case "load-problem": {
      const { file, line, column, message } = event.problem;
      return { level: "error", text: `${[file, line, column].filter((part) => part !== undefined).join(":")}: ${message}` };
    }
    case "action-ended":
      return actionLine(event.task.name, event.action);
    default:
      return undefined;
  }
}

/** What a tick came to; nothing of one that had nothing to do. */
export function reportLines(report: TickReport): LogLine[] {
  const { outcome, durationMs, tasks, processes = [] } = report;
  if (outcome === "done" && tasks.length === 0 && processes.length === 0) return [];
  const ofProcesses = processes.map(
    ({ name, outcome: processOutcome, message, error }): LogLine => ({
      level: error ? "error" : "info",
      text: `${name} ${processOutcome}${error ? `\n${stackOf(error)}` : message ? `: ${message}` : ""}`,
    }),
  );
  const worked = tasks.length === 1 ? "1 task" : `${tasks.length} tasks`;
  return [...ofProcesses, { level: "info", text: `${OUTCOMES[outcome]} after ${Math.round(durationMs)} ms: ${worked}.` }];
}

function actionLine(task: string, { name, outcome, attempt, durationMs, error }: ReportedAction): LogLine {
  const text = `[${task}/${name}] ${outcome} after ${Math.round(durationMs)} ms${attempt > 1 || error ? `, attempt ${attempt}` : ""}`;
  if (!error) return { level: "info", text };
  return { level: outcome === "will-retry" ? "warning" : "error", text: `${text}\n${stackOf(error)}` };
}

function stackOf({ stack, cause }: ErrorRecord): string {
  return cause ? `${stack}\ncaused by ${stackOf(cause)}` : stack;
}
