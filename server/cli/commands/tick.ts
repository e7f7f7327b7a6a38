import type { Context } from "../context.ts";
import { DeferredDisplay } from "../deferred-display.ts";
import { ExitCode } from "../exit-code.ts";
import { Interruption } from "../interruption.ts";
import { requireTaskFiles } from "../require-task-files.ts";
import { hasFailure } from "../tick-outcome.ts";
import { withSupervisor } from "../with-supervisor.ts";

export interface TickOptions {
  /** Seconds. */
  readonly maxExecutionTime?: number;
  readonly task?: string;
  readonly class?: string;
  readonly type?: "interactive" | "cron";
}

export const PAUSING = "Pausing running actions; a second signal stops them immediately.";

export async function tick(context: Context, options: TickOptions): Promise<number> {
  await requireTaskFiles(context);
  return withSupervisor(context, async (supervisor) => {
    const { stdout, stderr, json } = context;
    const display = new DeferredDisplay(stderr);
    const interruption = new Interruption(() => display.lines([PAUSING]));
    const report = await supervisor
      .tick({ ...tickOptions(options), signal: interruption.signal, onEvent: (event) => display.show(event) })
      .finally(() => {
        interruption.end();
        return display.end();
      });
    if (json) await stdout.json((await import("../../json/tick-json.ts")).toTickJson(report));
    else await stdout.lines((await import("../text/tick-text.ts")).formatTick(report, stdout.style));
    if (interruption.exitCode !== undefined) return interruption.exitCode;
    if (report.outcome === "locked") {
      await explainLock(context);
      return ExitCode.locked;
    }
    return hasFailure(report) ? ExitCode.actionFailed : ExitCode.fine;
  });
}

/** Says whose tick it is, and how to free the mutex where its owner may be gone. */
export async function explainLock(context: Context): Promise<void> {
  const [{ formatHolder }, { withLastingStore }] = await Promise.all([import("../text/lock-text.ts"), import("../with-store.ts")]);
  await context.stderr.lines(formatHolder(await withLastingStore(context, (store) => store.mutexHolder())));
}

/** Converts to the supervisor's options. */
export function tickOptions({ maxExecutionTime, task, class: className, type }: TickOptions) {
  const filter = {
    ...(task !== undefined && { task }),
    ...(className !== undefined && { class: className }),
    ...(type !== undefined && { type }),
  };
  return {
    ...(maxExecutionTime !== undefined && { maxExecutionTimeMs: maxExecutionTime * 1_000 }),
    ...(Object.keys(filter).length > 0 && { filter }),
  };
}
