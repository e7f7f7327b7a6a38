import type { Context } from "../context.ts";
import { ExitCode } from "../exit-code.ts";
import { Interruption } from "../interruption.ts";
import { toTickJson } from "../json/tick-json.ts";
import { formatTick } from "../text/tick-text.ts";
import { TickDisplay } from "../tick-display.ts";
import { hasFailure } from "../tick-outcome.ts";
import { withSupervisor } from "../with-supervisor.ts";

export interface TickOptions {
  /** Seconds. */
  readonly maxExecutionTime?: number;
  readonly task?: string;
  readonly class?: string;
  readonly type?: "interactive" | "cron";
}

export const PAUSING = "Pausing what is running; a second signal ends it at once.";

export function tick(context: Context, options: TickOptions): Promise<number> {
  return withSupervisor(context, async (supervisor) => {
    const { stdout, stderr, json } = context;
    const display = await TickDisplay.on(stderr);
    const interruption = new Interruption(() => display.lines([PAUSING]));
    const report = await supervisor
      .tick({ ...tickOptions(options), signal: interruption.signal, onEvent: (event) => display.show(event) })
      .finally(() => {
        interruption.end();
        display.end();
      });
    await (json ? stdout.json(toTickJson(report)) : stdout.lines(formatTick(report, stdout.style)));
    if (interruption.exitCode !== undefined) return interruption.exitCode;
    if (report.outcome === "locked") return ExitCode.locked;
    return hasFailure(report) ? ExitCode.actionFailed : ExitCode.fine;
  });
}

/** In the supervisor's terms. */
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
