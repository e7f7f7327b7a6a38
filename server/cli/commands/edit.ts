import { InputError } from "../../service/input-error.ts";
import { findAction } from "../../service/requests/find-action.ts";
import { refusalOfEdit } from "../../service/requests/params-edit.ts";
import type { TaskStore } from "../../store/index.ts";
import { JsonTaskStore } from "../../store/json-task-store.ts";
import type { Context } from "../context.ts";
import { ExitCode } from "../exit-code.ts";
import { withStore } from "../with-store.ts";
import { readParams } from "./params.ts";
import { findSound } from "./show.ts";

export interface EditOptions {
  readonly action?: string;
  readonly params: string;
}

export async function edit(context: Context, idOrName: string, { action: named, params: given }: EditOptions): Promise<number> {
  const params = await readParams(given);
  return withStore(context, async (store) => {
    const { stdout, json } = context;
    const task = await findSound(idOrName, store);
    const action = findAction(task, named);
    const request = { action: action.id, params, before: action.params };
    const refusal = refusalOfEdit(task, request, await tickingFence(store));
    if (refusal !== undefined) throw new InputError(refusal);
    await store.submit({ kind: "params", task: task.id, ...request });
    const said = `The params of ${action.name} in task ${task.name} (${task.id}) are replaced.`;
    await (json ? stdout.json({ id: task.id, action: action.id }) : stdout.line(said));
    return ExitCode.fine;
  });
}

async function tickingFence(store: TaskStore): Promise<number | undefined> {
  return store instanceof JsonTaskStore ? (await store.mutexHolder())?.fence : undefined;
}
