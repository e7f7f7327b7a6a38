import { readFileSync } from "node:fs";
import { type LocatedClass, toClassJson } from "../../json/classes-json.ts";
import { findClassDeclaration } from "../../language/class-declaration.ts";
import type { Context } from "../context.ts";
import { ExitCode } from "../exit-code.ts";
import { requireTaskFiles } from "../require-task-files.ts";
import { formatClasses, formatSchedules } from "../text/classes-text.ts";
import { formatNotice } from "../text/event-text.ts";
import { withDescribingSupervisor } from "../with-supervisor.ts";

export interface SchedulesOptions {
  /** The number of future times to show. */
  readonly next?: number;
}

/** Loads the task files in a worker, and shows what they export. */
export async function classes(context: Context): Promise<number> {
  const { stdout, json } = context;
  const known = await describe(context);
  const now = Date.now();
  if (json) await stdout.json({ classes: known.map((one) => toClassJson(one, now)) });
  else await stdout.lines(formatClasses(known, stdout.style));
  return ExitCode.fine;
}

/** Loads the task files in a worker, and shows when their schedules are due. */
export async function schedules(context: Context, { next }: SchedulesOptions): Promise<number> {
  const { stdout, json } = context;
  const known = (await describe(context, next)).filter(
    ({ kind, schedule, problem }) => schedule !== undefined || (kind === "process" && problem),
  );
  const now = Date.now();
  if (json) await stdout.json({ schedules: known.map((one) => toClassJson(one, now)) });
  else await stdout.lines(formatSchedules(known, stdout.style));
  return ExitCode.fine;
}

/** Warns of task files that cannot be loaded: their classes are missing here. */
async function describe(context: Context, occurrences?: number): Promise<readonly LocatedClass[]> {
  await requireTaskFiles(context);
  const { stderr } = context;
  const description = await withDescribingSupervisor(context, (supervisor) => supervisor.describe({ occurrences }));
  await stderr.lines(description.problems.flatMap((problem) => formatNotice({ kind: "load-problem", problem }, stderr.style)));
  return description.classes.map((one) => ({ ...one, ...lineOf(one) }));
}

function lineOf({ file, name }: LocatedClass): { readonly line?: number } {
  if (file === undefined) return {};
  try {
    return { line: findClassDeclaration(readFileSync(file, "utf8"), name)?.line ?? 1 };
  } catch {
    return {};
  }
}
