import { toHistoryJson } from "../../json/history-json.ts";
import { currentHistory } from "../../service/requests/current-history.ts";
import type { Context } from "../context.ts";
import { ExitCode } from "../exit-code.ts";
import { formatHistory } from "../text/history-text.ts";
import { withStore } from "../with-store.ts";

export interface HistoryOptions {
  readonly limit?: number;
}

export function history(context: Context, { limit }: HistoryOptions): Promise<number> {
  return withStore(context, async (store) => {
    const { stdout, json } = context;
    const entries = await currentHistory(store, { limit });
    await (json ? stdout.json(toHistoryJson(entries)) : stdout.lines(formatHistory(entries, stdout.style)));
    return ExitCode.fine;
  });
}
