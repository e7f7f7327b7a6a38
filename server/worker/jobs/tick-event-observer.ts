import type { TickObserver } from "../../service/tick/tick-observer.ts";
import type { ActionRecord, TaskRecord } from "../../store/index.ts";
import type { ActionReference, TaskReference } from "../channel/worker-event.ts";
import type { JobContext } from "../job-context.ts";

/** Reports what the service does to the supervisor. */
export function observeTick({ reporter, output, watchdog, builtIns }: JobContext, isDebugged: boolean): TickObserver {
  return {
    tickStarted({ fence, endTime }) {
      watchdog.tickStarted(fence);
      reporter.soon({ kind: "tick-started", fence, endTime });
    },
    // The author's getNextAction may run next, and never yield to the event loop.
    taskStarted: (task) => reporter.now({ kind: "task-started", task: taskReference(task) }),
    actionStarted(record, actionRecord, during, attemptEnd) {
      const task = taskReference(record);
      const action = actionReference(actionRecord);
      reporter.now({ kind: "action-started", task, action, during, ...(attemptEnd !== undefined && { attemptEnd }) });
      output.markCall(task, action);
    },
    methodLeft(method) {
      // Under a debugger the engine itself replaces one of them between two calls.
      const changed = isDebugged ? [] : builtIns.restore();
      if (changed.length > 0) reporter.soon({ kind: "warning", message: restoredInWords(method, changed) });
    },
    actionProgressed: (task, action, progress) =>
      reporter.soon({ kind: "action-progressed", task: taskReference(task), action: actionReference(action), progress }),
    actionEnded: (task, action) => reporter.soon({ kind: "action-ended", task: taskReference(task), action }),
    taskEnded: (task) => reporter.soon({ kind: "task-ended", task }),
    warning: (message) => reporter.soon({ kind: "warning", message }),
  };
}

/** Longer lists say no more. */
const MOST_NAMES = 8;

function restoredInWords(method: string, changed: readonly string[]): string {
  const more = changed.length - MOST_NAMES;
  const names = `${changed.slice(0, MOST_NAMES).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  return `${method} left changed built-ins behind: ${names}. They were restored for the next action. Undo such changes in a finally block.`;
}

function taskReference({ id, name, class: className, type }: TaskRecord): TaskReference {
  return { id, name, class: className, type };
}

function actionReference({ id, name, class: className, rank, attempt }: ActionRecord): ActionReference {
  return { id, name, class: className, rank, attempt };
}
