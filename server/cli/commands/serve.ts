import { toTickJson } from "../../json/tick-json.ts";
import type { ClassDescription } from "../../service/classes/class-description.ts";
import { countSkipped } from "../../service/tick/skipped-tasks.ts";
import type { TickReport } from "../../service/tick/tick-report.ts";
import type { TaskRecord } from "../../store/index.ts";
import { type DescribedSchedule, Scheduler } from "../../supervisor/scheduling/scheduler.ts";
import { skippedInWords } from "../../words/report-words.ts";
import { findTaskFiles, readWorkspaceConfig } from "../../workspace/index.ts";
import { TaskFileWatch } from "../../workspace/task-file-watch.ts";
import type { Context } from "../context.ts";
import { DeferredDisplay } from "../deferred-display.ts";
import { ExitCode } from "../exit-code.ts";
import { Interruption } from "../interruption.ts";
import { requireTaskFiles, warnOfPatterns } from "../require-task-files.ts";
import { formatHolder } from "../text/lock-text.ts";
import { counted } from "../text/plain.ts";
import type { Style } from "../text/style.ts";
import { summarizeTick } from "../text/tick-text.ts";
import { withLastingStore } from "../with-store.ts";
import { withSupervisor } from "../with-supervisor.ts";
import { tickOptions } from "./tick.ts";

export interface ServeOptions {
  /** Seconds. */
  readonly maxExecutionTime?: number;
}

export async function serve(context: Context, options: ServeOptions): Promise<number> {
  await requireTaskFiles(context);
  return withSupervisor(context, (supervisor) =>
    withLastingStore(context, async (store) => {
      const { workspace, stdout, stderr, json } = context;
      const log = new DeferredDisplay(stderr, { actionLines: true, prefix: () => `${new Date().toISOString()} ` });
      const interruption = new Interruption((name) =>
        log.lines([`${name}: pausing running actions; a second signal stops them immediately.`]),
      );
      const sayLoaded = changesOf((line) => log.lines([line]));
      const sayIdle = changesOf((line) => log.lines([line]));
      const scheduler = new Scheduler({
        store,
        describe,
        tick,
        isLocked: async () => (await store.mutexHolder()) !== null,
        onIdle: (until, tasks) => sayIdle(idleInWords(until, tasks, stderr.style)),
      });
      const taskFiles = new TaskFileWatch(workspace, () => scheduler.filesChanged());

      async function describe(): Promise<readonly DescribedSchedule[]> {
        const { classes, problems } = await supervisor.describe();
        taskFiles.follow([...classes, ...problems].flatMap(({ file }) => (file === undefined ? [] : [file])));
        for (const problem of problems) log.show({ kind: "load-problem", problem });
        for (const { problem } of classes) if (problem !== undefined) log.show({ kind: "warning", message: problem });
        sayLoaded(whatIsLoaded(classes));
        return classes.flatMap(({ name, schedule }) => (schedule ? [{ name, definition: schedule }] : []));
      }

      async function tick(signal: AbortSignal): Promise<TickReport> {
        const report = await supervisor.tick({ ...tickOptions(options), signal, onEvent: (event) => log.show(event) });
        await log.end();
        if (report.outcome === "locked" || report.tasks.length > 0) log.lines([summarizeTick(report, stdout.style)]);
        if (report.outcome === "locked") log.lines(formatHolder(await store.mutexHolder(), "this command continues by itself"));
        if (json) await stdout.json(toTickJson(report), { indent: false });
        return report;
      }

      log.lines(await whatIsServed(workspace));
      try {
        await scheduler.run(interruption.signal);
      } finally {
        taskFiles.close();
        interruption.end();
        await log.end();
      }
      log.lines(["Stopped; unfinished actions continue with the next tick."]);
      await log.end();
      return ExitCode.fine;
    }),
  );
}

/** `Serving /srv/app: 3 task files.`, and which patterns match none. */
async function whatIsServed(workspace: string): Promise<string[]> {
  const { include } = readWorkspaceConfig(workspace);
  const files = await findTaskFiles(workspace, include);
  return [`Serving ${workspace}: ${counted(files.length, "task file")}.`, ...warnOfPatterns(workspace, include, files)];
}

/** `Loaded 4 task classes, 2 schedules.` */
function whatIsLoaded(classes: readonly ClassDescription[]): string {
  const tasks = classes.filter(({ kind }) => kind === "task");
  const schedules = classes.filter(({ schedule }) => schedule !== undefined);
  return `Loaded ${counted(tasks.length, "task class", "task classes")}, ${counted(schedules.length, "schedule")}.`;
}

/** Logs a line when it is different from the one before. */
function changesOf(write: (line: string) => void): (line: string) => void {
  let said: string | undefined;
  return (line) => {
    if (line !== said) write(line);
    said = line;
  };
}

/** `Nothing to do until 2026-11-24T16:23:40.000Z, or until something changes (1 waits until 16:23:40, 2 cannot run).` */
function idleInWords(until: number | null, tasks: readonly TaskRecord[], style: Style): string {
  const wording = { ...style.wording, now: Date.now() };
  const { notReached: _, ...skipped } = countSkipped(tasks, wording.now) ?? {};
  const why = skippedInWords(skipped, wording);
  const when = until === null ? "" : ` until ${new Date(until).toISOString()}, or`;
  return `Nothing to do${when} until something changes${why ? ` (${why})` : ""}.`;
}
