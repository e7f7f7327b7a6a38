import type { TickObserver } from "../../service/tick/tick-observer.ts";
import type { ActionRecord, TaskRecord } from "../../store/index.ts";
import type { ActionReference, TaskReference } from "../channel/worker-event.ts";
import type { JobContext } from "../job-context.ts";

/** Reports what the service does to the supervisor. */
export function observeTick({ reporter, output, watchdog }: JobContext): TickObserver {
  return {
    tickStarted({ fence, endTime }) {
      watchdog.tickStarted(fence);
      reporter.soon({ kind: "tick-started", fence, endTime });
    },
    // The author's getNextAction may run next, and never yield to the event loop.
    taskStarted: (task) => reporter.now({ kind: "task-started", task: taskReference(task) }),
    actionStarted(record, actionRecord, during) {
      const task = taskReference(record);
      const action = actionReference(actionRecord);
      reporter.now({ kind: "action-started", task, action, during });
      output.markCall(task, action);
    },
    actionProgressed: (task, action, progress) =>
      reporter.soon({ kind: "action-progressed", task: taskReference(task), action: actionReference(action), progress }),
    actionEnded: (task, action) => reporter.soon({ kind: "action-ended", task: taskReference(task), action }),
    taskEnded: (task) => reporter.soon({ kind: "task-ended", task }),
    warning: (message) => reporter.soon({ kind: "warning", message }),
  };
}

function taskReference({ id, name, class: className, type }: TaskRecord): TaskReference {
  return { id, name, class: className, type };
}

function actionReference({ id, name, class: className, rank, attempt }: ActionRecord): ActionReference {
  return { id, name, class: className, rank, attempt };
}
