import { toHistoryJson } from "../../json/history-json.ts";
import { InputError } from "../../service/input-error.ts";
import { currentHistory } from "../../service/requests/current-history.ts";
import { findEnded, findStoredOrEnded } from "../../service/requests/find-stored.ts";
import type { DamagedEntry, HistoryEntry, TaskStore } from "../../store/index.ts";
import type { Context } from "../context.ts";
import { ExitCode } from "../exit-code.ts";
import { formatEndedTask } from "../text/ended-task-text.ts";
import { formatHistory } from "../text/history-text.ts";
import { withStore } from "../with-store.ts";

export interface HistoryOptions {
  readonly limit?: number;
  readonly class?: readonly string[];
  readonly failed?: true;
}

/** @param idOrName shows only these tasks, with everything that is known about them. */
export function history(context: Context, idOrName: string | undefined, options: HistoryOptions): Promise<number> {
  return withStore(context, async (store) => {
    const { stdout, json } = context;
    const matches = filterOf(options);
    const damaged: DamagedEntry[] = [];
    const entries =
      idOrName === undefined
        ? await currentHistory(store, { limit: options.limit, matches, ...(!matches && { onDamaged: (entry) => damaged.push(entry) }) })
        : (await findNamed(store, idOrName)).filter(matches ?? (() => true)).slice(0, options.limit);
    if (json) await stdout.json(toHistoryJson(entries, damaged));
    else if (entries.length + damaged.length === 0)
      await stdout.line(matches ? "No task that has ended matches." : "No task has ended yet.");
    else if (idOrName === undefined) await stdout.lines(formatHistory(entries, damaged, stdout.style));
    else await stdout.lines(entries.flatMap((entry, index) => [...(index > 0 ? [""] : []), ...formatEndedTask(entry, stdout.style)]));
    return ExitCode.fine;
  });
}

/** @throws InputError if no task of that id or name has ended. */
async function findNamed(store: TaskStore, idOrName: string): Promise<readonly HistoryEntry[]> {
  const ended = await findEnded(store, idOrName);
  if (ended.length > 0) return ended;
  const { id, name } = await findStoredOrEnded(store, idOrName);
  throw new InputError(`Task ${name} (${id}) has not ended. Run \`background-tasks show ${id}\` to see it.`);
}

function filterOf({ class: classes, failed }: HistoryOptions): ((entry: HistoryEntry) => boolean) | undefined {
  if (!classes && !failed) return undefined;
  return (entry) => (!classes || classes.includes(entry.class)) && (!failed || hasFailed(entry));
}

function hasFailed({ outcome, actions }: HistoryEntry): boolean {
  return outcome === "finished-with-failures" || actions.some((action) => action.outcome === "failed");
}
