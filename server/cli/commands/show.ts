import { toDamagedTaskJson, toTaskJson } from "../../json/list-json.ts";
import { findStored, isDamaged } from "../../service/requests/find-stored.ts";
import type { Context } from "../context.ts";
import { currentTick } from "../current-tick.ts";
import { ExitCode } from "../exit-code.ts";
import { formatDamagedTask, formatTask } from "../text/show-text.ts";
import { withStore } from "../with-store.ts";

export function show(context: Context, idOrName: string): Promise<number> {
  return withStore(context, async (store) => {
    const { stdout, json } = context;
    const task = await findStored(store, idOrName);
    if (isDamaged(task)) await (json ? stdout.json(toDamagedTaskJson(task)) : stdout.lines(formatDamagedTask(task, stdout.style)));
    else await (json ? stdout.json(toTaskJson(task)) : stdout.lines(formatTask(task, await currentTick(store, [task]), stdout.style)));
    return ExitCode.fine;
  });
}
