import { toTickJson } from "../../json/tick-json.ts";
import type { TickReport } from "../../service/tick/tick-report.ts";
import { drain as ticksUntilDrained } from "../../supervisor/scheduling/drain.ts";
import type { Context } from "../context.ts";
import { DeferredDisplay } from "../deferred-display.ts";
import { ExitCode } from "../exit-code.ts";
import { Interruption } from "../interruption.ts";
import { requireTaskFiles } from "../require-task-files.ts";
import { formatTick } from "../text/tick-text.ts";
import { formatMoment } from "../text/time-text.ts";
import { hasFinalFailure } from "../tick-outcome.ts";
import { withLastingStore } from "../with-store.ts";
import { withSupervisor } from "../with-supervisor.ts";
import { explainLock, PAUSING, type TickOptions, tickOptions } from "./tick.ts";

export type DrainOptions = TickOptions;

export async function drain(context: Context, options: DrainOptions): Promise<number> {
  await requireTaskFiles(context);
  return withSupervisor(context, (supervisor) =>
    withLastingStore(context, async (store) => {
      const { stdout, stderr, json } = context;
      const display = new DeferredDisplay(stderr);
      const interruption = new Interruption(() => display.lines([PAUSING]));
      const { signal } = interruption;
      const reports: TickReport[] = [];
      const ticks = ticksUntilDrained({
        store,
        signal,
        tick: () => supervisor.tick({ ...tickOptions(options), signal, onEvent: (event) => display.show(event) }),
        concerns: (task) => matches(task, options),
        onWait: (until, reason) => display.lines([waitInWords(until, reason)]),
      });
      try {
        for await (const report of ticks) {
          await display.end();
          reports.push(report);
          if (!json) await stdout.lines(formatTick(report, stdout.style));
        }
      } finally {
        interruption.end();
        await display.end();
        if (json) await stdout.json({ ticks: reports.map(toTickJson) });
      }
      if (interruption.exitCode !== undefined) return interruption.exitCode;
      if (reports.at(-1)?.outcome === "locked") {
        await explainLock(context);
        return ExitCode.locked;
      }
      return reports.some(hasFinalFailure) ? ExitCode.actionFailed : ExitCode.fine;
    }),
  );
}

function waitInWords(until: number, reason: "next-attempt" | "idle"): string {
  const moment = formatMoment(new Date(until));
  return reason === "idle" ? `Waiting until ${moment} to call idle actions again.` : `Waiting for the next attempt at ${moment}.`;
}

function matches(
  task: { id: string; name: string; class: string; type: string },
  { task: wanted, class: className, type }: TickOptions,
): boolean {
  return (
    (wanted === undefined || task.id === wanted || task.name === wanted) &&
    (className === undefined || task.class === className) &&
    (type === undefined || task.type === type)
  );
}
