import type { TickAnswer } from "../protocol/runner-protocol.ts";
import type { TickReport } from "../service/index.ts";

/** The summary of an ended tick for users. */
export function tickAnswer({ outcome, durationMs, tasks, processes = [], skipped }: TickReport): TickAnswer {
  const actions = tasks.flatMap((task) => task.actions);
  const failedActions = actions.filter((action) => action.outcome === "failed" || action.outcome === "will-retry");
  const failedWholes = [...tasks, ...processes].filter(({ error }) => error !== undefined);
  return {
    outcome,
    durationMs,
    tasks: tasks.length,
    failures: failedActions.length + failedWholes.length,
    paused: actions.filter((action) => action.outcome === "paused").length,
    ...(skipped && { skipped }),
  };
}
