import { toDamagedTaskJson, toTaskJson } from "../../json/list-json.ts";
import { InputError } from "../../service/input-error.ts";
import { currentHistory } from "../../service/requests/current-history.ts";
import { findTask } from "../../service/requests/find-task.ts";
import { currentTasks } from "../../service/requests/request-effects.ts";
import type { DamagedTask, TaskRecord, TaskStore } from "../../store/index.ts";
import type { Context } from "../context.ts";
import { ExitCode } from "../exit-code.ts";
import { formatDamagedTask, formatTask } from "../text/show-text.ts";
import { formatMoment } from "../text/time-text.ts";
import { withStore } from "../with-store.ts";

export function show(context: Context, idOrName: string): Promise<number> {
  return withStore(context, async (store) => {
    const { stdout, json } = context;
    const { tasks, damaged } = currentTasks(await store.read());
    const task = await find([...tasks, ...damaged], idOrName, store);
    if (isDamaged(task)) await (json ? stdout.json(toDamagedTaskJson(task)) : stdout.lines(formatDamagedTask(task, stdout.style)));
    else await (json ? stdout.json(toTaskJson(task)) : stdout.lines(formatTask(task, stdout.style)));
    return ExitCode.fine;
  });
}

/** A stored task; of one that has ended the error says so. */
export async function find<Task extends TaskRecord | DamagedTask>(
  tasks: readonly Task[],
  idOrName: string,
  store: TaskStore,
): Promise<Task> {
  try {
    return findTask(tasks, idOrName);
  } catch (error) {
    if (tasks.some(({ name }) => name === idOrName)) throw error;
    const ended = (await currentHistory(store)).find(({ id, name }) => id === idOrName || name === idOrName);
    if (!ended) throw error;
    const { name, id, outcome, endedAt } = ended;
    throw new InputError(`Task ${name} (${id}) has ended: ${outcome} at ${formatMoment(endedAt)}. \`background-tasks history\` shows it.`);
  }
}

/** A stored task that can be changed. @throws InputError of a damaged one */
export async function findSound(idOrName: string, store: TaskStore): Promise<TaskRecord> {
  const { tasks, damaged } = currentTasks(await store.read());
  const task = await find([...tasks, ...damaged], idOrName, store);
  if (!isDamaged(task)) return task;
  throw new InputError(`Task ${task.name} (${task.id}) is damaged and is left as it stands in the store: ${task.problem}`);
}

export function isDamaged(task: TaskRecord | DamagedTask): task is DamagedTask {
  return "raw" in task;
}
