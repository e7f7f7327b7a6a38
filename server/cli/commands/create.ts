import { WorkerError } from "../../supervisor/worker-failure.ts";
import type { Context } from "../context.ts";
import { ExitCode } from "../exit-code.ts";
import { requireTaskFiles } from "../require-task-files.ts";
import { formatError } from "../text/error-text.ts";
import { oneLine } from "../text/plain.ts";
import { withSupervisor } from "../with-supervisor.ts";
import { readParams } from "./params.ts";

export interface CreateOptions {
  readonly params?: string;
  readonly name?: string;
  readonly interactive?: boolean;
}

export async function create(context: Context, className: string, { params, name, interactive }: CreateOptions): Promise<number> {
  const { stdout, stderr, json } = context;
  const given = params === undefined ? {} : await readParams(params);
  await requireTaskFiles(context);
  return withSupervisor(context, async (supervisor) => {
    const created = await supervisor
      .createTask({
        class: className,
        params: given,
        ...(name !== undefined && { name }),
        ...(interactive && { type: "interactive" as const }),
      })
      .catch(authorsError);
    if (created instanceof WorkerError) {
      await stderr.lines([noTask(created, className), ...formatError(created.record, stderr.style)]);
      return ExitCode.actionFailed;
    }
    const { id } = created;
    await (json ? stdout.json({ id }) : stdout.line(`Created task ${oneLine(name ?? className)} (${id}).`));
    return ExitCode.fine;
  });
}

function noTask({ origin }: WorkerError, className: string): string {
  return origin === "job" ? `No task was created: ${oneLine(className)} threw an error.` : "No task was created.";
}

/** Returns an error thrown by the class's own code, for example in `createActions`. */
function authorsError(error: unknown): WorkerError {
  if (error instanceof WorkerError) return error;
  throw error;
}
