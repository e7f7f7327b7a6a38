import { type ClassRename, tasksToReassign } from "../../service/requests/class-rename.ts";
import { currentTasks } from "../../service/requests/request-effects.ts";
import type { Context } from "../context.ts";
import { ExitCode } from "../exit-code.ts";
import { requireTaskFiles } from "../require-task-files.ts";
import { counted, oneLine } from "../text/plain.ts";
import { withStore } from "../with-store.ts";
import { withSupervisor } from "../with-supervisor.ts";

export interface ReassignOptions {
  readonly action?: true;
}

/** Loads the task files in a worker, because only classes that exist may get tasks. */
export async function reassign(context: Context, from: string, to: string, { action }: ReassignOptions): Promise<number> {
  await requireTaskFiles(context);
  const rename: ClassRename = { of: action ? "action" : "task", from, to };
  const { classes } = await withSupervisor(context, (supervisor) => supervisor.describe());
  return withStore(context, async (store) => {
    const { stdout, json } = context;
    const tasks = tasksToReassign(rename, classes, currentTasks(await store.read()).tasks);
    await store.submit({ kind: "class", ...rename });
    const what = action
      ? `${oneLine(from)} in ${counted(tasks.length, "task")} is`
      : `${counted(tasks.length, "task")} of ${oneLine(from)} ${tasks.length === 1 ? "is" : "are"}`;
    await (json ? stdout.json({ ids: tasks.map(({ id }) => id) }) : stdout.line(`${what} now ${action ? "" : "of "}${oneLine(to)}.`));
    return ExitCode.fine;
  });
}
