import type { PersonsRequest } from "../../service/requests/request-effects.ts";
import { submitRequest } from "../../service/requests/submit-request.ts";
import type { Context } from "../context.ts";
import { ExitCode } from "../exit-code.ts";
import { oneLine } from "../text/plain.ts";
import { withStore } from "../with-store.ts";

/** Takes effect within a second if a tick is running, otherwise in the next one; `list` shows the tasks as if it already had. */
const DONE: Record<PersonsRequest, string> = {
  retry: "will be retried by the next tick",
  cancel: "has been cancelled",
  pause: "is paused until it is resumed",
  resume: "will continue with the next tick",
};

export function request(context: Context, kind: PersonsRequest, idOrName: string): Promise<number> {
  return withStore(context, async (store) => {
    const { stdout, json } = context;
    const { id, name } = await submitRequest(store, kind, idOrName);
    await (json ? stdout.json({ id }) : stdout.line(`Task ${oneLine(name)} (${oneLine(id)}) ${DONE[kind]}.`));
    return ExitCode.fine;
  });
}
