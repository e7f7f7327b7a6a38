import type { TickEvent } from "../../../protocol/tick-event.ts";
import type { ReportedAction, TickReport } from "../../../service/index.ts";
import type { ErrorRecord } from "../../../store/index.ts";
import { outcomeInWords } from "../../../words/outcome-words.ts";
import { endInWords, tickInWords } from "../../../words/report-words.ts";
import { durationInWords } from "../../../words/time-words.ts";
import { englishWording } from "../../../words/wording.ts";
import type { LogLevel } from "../../runner-log.ts";
import type { FolderLog } from "../folder-log.ts";
import type { FolderStore } from "../folder-store.ts";
import type { FolderTicks } from "../sources/folder-ticks.ts";

interface LogLine {
  readonly level: LogLevel;
  readonly text: string;
}

/** How many successful actions of a tick are logged separately: a tick may execute thousands of small ones. */
const MOST_PLAIN_ENDS = 200;

/** Logs the ticks of this runner, and the output of user code in them. */
export function logTicks(ticks: FolderTicks, store: FolderStore, log: FolderLog): void {
  const lines = new EventLines();
  ticks.onDidHappen((event) => {
    if (event.kind === "output") log.output(event);
    const line = lines.of(event);
    if (line) log.line(line.level, line.text);
  });
  ticks.onDidEnd((report) => {
    for (const { level, text } of reportLines(report)) log.line(level, text);
    if (report.outcome === "locked") void logDoubtfulClaim(store, log);
  });
}

/** Says how to free the mutex where its owner may be gone. */
async function logDoubtfulClaim(store: FolderStore, log: FolderLog): Promise<void> {
  // An unreadable store is reported by `StoredTasks`.
  const file = await store.doubtfulClaim().catch(() => undefined);
  if (file === undefined) return;
  log.line(
    "warning",
    `It is not certain whether the process of the last tick still runs. If you are sure that it does not, remove ${file}.`,
  );
}

/** The lines logged while ticks run. */
class EventLines {
  #plainEnds = 0;

  of(event: TickEvent): LogLine | undefined {
    switch (event.kind) {
      case "tick-started":
        this.#plainEnds = 0;
        return undefined;
      case "warning":
      case "worker-ended":
        return { level: "warning", text: event.message };
      case "load-problem": {
        const { file, line, column, message } = event.problem;
        return { level: "error", text: `${[file, line, column].filter((part) => part !== undefined).join(":")}: ${message}` };
      }
      case "action-ended":
        return event.action.error ? actionLine(event.task.name, event.action) : this.#plainEnd(event.task.name, event.action);
      default:
        return undefined;
    }
  }

  #plainEnd(task: string, action: ReportedAction): LogLine | undefined {
    this.#plainEnds++;
    if (this.#plainEnds > MOST_PLAIN_ENDS) return undefined;
    if (this.#plainEnds < MOST_PLAIN_ENDS) return actionLine(task, action);
    return { level: "info", text: `From here on, only failed actions of this tick are listed.` };
  }
}

/** The result of a tick; empty if it had nothing to do. */
function reportLines(report: TickReport): LogLine[] {
  const { outcome, durationMs, tasks, processes = [] } = report;
  if (outcome === "done" && tasks.length === 0 && processes.length === 0) return [];
  const wording = englishWording();
  const ofProcesses = processes.map(
    ({ name, outcome: processOutcome, message, error }): LogLine => ({
      level: error ? "error" : "info",
      text: `${name} ${outcomeInWords(processOutcome, wording)}${error ? `\n${stackOf(error)}` : message ? `: ${message}` : ""}`,
    }),
  );
  const worked = tasks.length === 1 ? "1 task" : `${tasks.length} tasks`;
  return [
    ...ofProcesses,
    { level: "info", text: `${tickInWords(outcome, wording)} after ${durationInWords(durationMs, wording)}: ${worked}.` },
  ];
}

function actionLine(task: string, action: ReportedAction): LogLine {
  const { name, outcome, error } = action;
  const text = `[${task}/${name}] ${endInWords(action, englishWording())}`;
  if (!error) return { level: "info", text };
  return { level: outcome === "will-retry" ? "warning" : "error", text: `${text}\n${stackOf(error)}` };
}

function stackOf({ stack, cause }: ErrorRecord): string {
  return cause ? `${stack}\ncaused by ${stackOf(cause)}` : stack;
}
