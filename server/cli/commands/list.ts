import { toListJson } from "../../json/list-json.ts";
import { currentTasks } from "../../service/requests/request-effects.ts";
import { JsonTaskStore } from "../../store/json-task-store.ts";
import type { Context } from "../context.ts";
import { currentTick } from "../current-tick.ts";
import { ExitCode } from "../exit-code.ts";
import { formatList } from "../text/list-text.ts";
import { mentionNearbyStores, withStore } from "../with-store.ts";

export function list(context: Context): Promise<number> {
  return withStore(context, async (store) => {
    const { stdout, json } = context;
    const { tasks, damaged } = currentTasks(await store.read());
    await (json
      ? stdout.json(toListJson(tasks, damaged))
      : stdout.lines(formatList(tasks, damaged, await currentTick(store, tasks), stdout.style)));
    if (tasks.length + damaged.length === 0 && store instanceof JsonTaskStore) await mentionNearbyStores(context);
    return ExitCode.fine;
  });
}
