import { toHistoryEntryJson } from "../../json/history-json.ts";
import { toDamagedTaskJson, toTaskJson } from "../../json/list-json.ts";
import { findEnded, findStoredOrEnded, isDamaged, isEnded } from "../../service/requests/find-stored.ts";
import type { DamagedTask, TaskRecord, TaskStore } from "../../store/index.ts";
import type { Context } from "../context.ts";
import { currentTick } from "../current-tick.ts";
import { ExitCode } from "../exit-code.ts";
import { formatEndedTask } from "../text/ended-task-text.ts";
import { counted, oneLine } from "../text/plain.ts";
import { formatDamagedTask, formatTask } from "../text/show-text.ts";
import { withStore } from "../with-store.ts";

export function show(context: Context, idOrName: string): Promise<number> {
  return withStore(context, async (store) => {
    const { stdout, stderr, json } = context;
    const task = await findStoredOrEnded(store, idOrName);
    if (isEnded(task)) await (json ? stdout.json(toHistoryEntryJson(task)) : stdout.lines(formatEndedTask(task, stdout.style)));
    else if (isDamaged(task)) await (json ? stdout.json(toDamagedTaskJson(task)) : stdout.lines(formatDamagedTask(task, stdout.style)));
    else await (json ? stdout.json(toTaskJson(task)) : stdout.lines(formatTask(task, await currentTick(store, [task]), stdout.style)));
    if (!json && !isEnded(task)) await stderr.lines(await mentionEnded(store, task, idOrName));
    return ExitCode.fine;
  });
}

/** Ended tasks that the same name could mean. */
async function mentionEnded(store: TaskStore, { id, name }: TaskRecord | DamagedTask, idOrName: string): Promise<string[]> {
  if (idOrName === id) return [];
  const { length } = await findEnded(store, name);
  if (length === 0) return [];
  const [have, them] = length === 1 ? ["has ended is", "it"] : ["have ended are", "them"];
  return [
    `${counted(length, "task")} that ${have} also named ${oneLine(name)}. Run \`background-tasks history ${oneLine(name)}\` to see ${them}.`,
  ];
}
