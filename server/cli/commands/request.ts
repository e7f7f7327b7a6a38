import { InputError } from "../../service/input-error.ts";
import { refusalOf } from "../../service/requests/request-effects.ts";
import type { Context } from "../context.ts";
import { ExitCode } from "../exit-code.ts";
import { withStore } from "../with-store.ts";
import { findSound } from "./show.ts";

export type RequestKind = "retry" | "cancel" | "pause" | "resume";

/** Takes effect within a second where a tick is running, else with the next one; `list` shows the tasks as if it had already. */
const DONE: Record<RequestKind, string> = {
  retry: "will be tried again by the next tick",
  cancel: "is cancelled",
  pause: "is paused until it is resumed",
  resume: "will go on with the next tick",
};

export function request(context: Context, kind: RequestKind, idOrName: string): Promise<number> {
  return withStore(context, async (store) => {
    const { stdout, json } = context;
    const task = await findSound(idOrName, store);
    const refusal = refusalOf(kind, task);
    if (refusal !== undefined) throw new InputError(refusal);
    await store.submit({ kind, task: task.id });
    await (json ? stdout.json({ id: task.id }) : stdout.line(`Task ${task.name} (${task.id}) ${DONE[kind]}.`));
    return ExitCode.fine;
  });
}
