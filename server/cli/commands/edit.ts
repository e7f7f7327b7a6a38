import { submitEdit } from "../../service/requests/submit-request.ts";
import type { Context } from "../context.ts";
import { ExitCode } from "../exit-code.ts";
import { oneLine } from "../text/plain.ts";
import { withStore } from "../with-store.ts";
import { readParams } from "./params.ts";

export interface EditOptions {
  readonly action?: string;
  readonly params: string;
}

export async function edit(context: Context, idOrName: string, { action: named, params: given }: EditOptions): Promise<number> {
  const params = await readParams(given);
  return withStore(context, async (store) => {
    const { stdout, json } = context;
    const { task, action } = await submitEdit(store, idOrName, { action: named, params });
    const said = `Replaced the params of ${oneLine(action.name)} in task ${oneLine(task.name)} (${oneLine(task.id)}).`;
    await (json ? stdout.json({ id: task.id, action: action.id }) : stdout.line(said));
    return ExitCode.fine;
  });
}
