import type { Connection, WorkDoneProgressReporter } from "vscode-languageserver";
import type { TickState } from "../protocol/folder-state.ts";
import type { TickEvent } from "../protocol/tick-event.ts";
import { reportedTaskInWords } from "../words/report-words.ts";
import { inEnglish } from "../words/wording.ts";

export interface ShownProgress {
  /** Aborts when the user cancels. */
  readonly signal: AbortSignal;
  report(event: TickEvent, state: TickState): void;
  done(): void;
}

/** Shows a tick through the protocol's own progress, for clients that do not draw it themselves. */
export async function showWorkDoneProgress(connection: Connection, given: WorkDoneProgressReporter | undefined): Promise<ShownProgress> {
  const cancellation = new AbortController();
  const reporter = given ?? (await createReporter(connection, () => cancellation.abort()));
  reporter.begin("Background tasks", 0, undefined, true);
  return {
    signal: cancellation.signal,
    report: (event, { done, total }) => {
      const message = messageOf(event);
      if (message !== undefined) reporter.report(total > 0 ? Math.min(100, Math.round((done / total) * 100)) : 0, message);
    },
    done: () => reporter.done(),
  };
}

async function createReporter(connection: Connection, onCancel: () => void): Promise<WorkDoneProgressReporter> {
  const reporter = await connection.window.createWorkDoneProgress();
  reporter.token.onCancellationRequested(onCancel);
  return reporter;
}

function messageOf(event: TickEvent): string | undefined {
  switch (event.kind) {
    case "action-started":
      return `${event.task.name}: ${event.action.name}`;
    case "action-progressed": {
      const { done, total, message } = event.progress;
      const amount = done === undefined ? "" : total === undefined ? ` ${done}` : ` ${done}/${total}`;
      return `${event.task.name}: ${event.action.name}${amount}${message ? `, ${message}` : ""}`;
    }
    case "task-ended":
      return `${event.task.name}: ${reportedTaskInWords(event.task, { t: inEnglish })}`;
    default:
      return undefined;
  }
}
