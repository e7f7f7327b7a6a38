import { InputError } from "../../service/input-error.ts";
import type { TickReport } from "../../service/tick/tick-report.ts";
import type { TaskRecord, TaskStore } from "../../store/index.ts";
import { idleUntil, idsOf, nextTaskDue } from "./due.ts";
import { StoreChanges } from "./store-changes.ts";

export interface DrainOptions {
  readonly store: Pick<TaskStore, "read" | "watch">;
  readonly tick: () => Promise<TickReport>;
  readonly signal: AbortSignal;
  /** Whether a tick would execute the task, apart from the task's own state. */
  readonly concerns: (task: TaskRecord) => boolean;
  /** Called when waiting for the next attempt of a task, or before idle actions are called again. `until` in epoch milliseconds. */
  readonly onWait?: (until: number, reason: "next-attempt" | "idle") => void;
}

/** After this many consecutive ticks without time for their first task, the budget is too small. */
const MOST_FRUITLESS_TICKS = 3;

/**
 * Executes ticks until no task can continue without a user, yielding one report at a time. Ends early after a tick that found the mutex
 * held, and when the signal aborts.
 *
 * @throws InputError if the time budget is too small for anything.
 */
export async function* drain({ store, tick, signal, concerns, onWait }: DrainOptions): AsyncGenerator<TickReport, void, undefined> {
  const changes = new StoreChanges(store);
  let waitedFor: number | undefined;
  try {
    for (let fruitless = 0; fruitless < MOST_FRUITLESS_TICKS; ) {
      const before = await store.read();
      const known = idsOf(before);
      const startedAt = Date.now();
      const report = await tick();
      const last = { startedAt, endedAt: Date.now(), known, report };
      yield report;
      if (report.outcome === "locked") return;
      // A tick may have spent its time on requests.
      const isFruitless = report.outcome === "time-budget-spent" && report.tasks.length === 0 && before.requests.length === 0;
      fruitless = isFruitless ? fruitless + 1 : 0;
      if (!(await untilDue())) return;

      async function untilDue(): Promise<boolean> {
        for (;;) {
          if (signal.aborted) return false;
          changes.forget();
          const snapshot = await store.read();
          const due = nextTaskDue(snapshot, last, Date.now(), concerns);
          if (due === null) return false;
          if (due <= Date.now()) return true;
          if (due !== waitedFor) onWait?.(due, snapshot.tasks.some((task) => idleUntil(task, last) === due) ? "idle" : "next-attempt");
          waitedFor = due;
          await changes.sleep(due, signal);
        }
      }
    }
    throw new InputError("The time budget ends before the first task can start. Increase it with --max-execution-time.");
  } finally {
    changes.close();
  }
}
