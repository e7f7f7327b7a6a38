import { listJsonText, toListJson } from "../../json/list-json.ts";
import { currentTasks } from "../../service/requests/request-effects.ts";
import { JsonTaskStore } from "../../store/json-task-store.ts";
import type { Context } from "../context.ts";
import { currentTick } from "../current-tick.ts";
import { ExitCode } from "../exit-code.ts";
import { type ListedTasks, listLines } from "../text/list-text.ts";
import { mentionNearbyStores, withStore } from "../with-store.ts";

export interface ListOptions {
  readonly all?: true;
  readonly limit?: number;
}

/** What a person can look at; a program gets all. */
const SHOWN_ON_TERMINAL = 200;

export function list(context: Context, options: ListOptions): Promise<number> {
  return withStore(context, async (store) => {
    const { stdout, json } = context;
    const current = currentTasks(await store.read());
    const listed = firstOf(current, limitOf(options, context));
    if (json && stdout.stream.isTTY) await stdout.json(toListJson(listed.tasks, listed.damaged));
    else if (json) await stdout.jsonPieces(listJsonText(listed.tasks, listed.damaged));
    else await stdout.manyLines(listLines(listed, await currentTick(store, current.tasks), stdout.style));
    if (current.tasks.length + current.damaged.length === 0 && store instanceof JsonTaskStore) await mentionNearbyStores(context);
    return ExitCode.fine;
  });
}

function limitOf({ all, limit }: ListOptions, { stdout, json }: Context): number {
  if (all) return Number.POSITIVE_INFINITY;
  return limit ?? (stdout.stream.isTTY && !json ? SHOWN_ON_TERMINAL : Number.POSITIVE_INFINITY);
}

function firstOf({ tasks, damaged }: Omit<ListedTasks, "left">, limit: number): ListedTasks {
  const listed = { tasks: tasks.slice(0, limit), damaged: damaged.slice(0, Math.max(0, limit - tasks.length)) };
  return { ...listed, left: tasks.length + damaged.length - listed.tasks.length - listed.damaged.length };
}
