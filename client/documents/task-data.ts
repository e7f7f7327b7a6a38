import type { HistoryEntryJson } from "../../server/json/history-json.ts";
import type { ResultOf } from "../../server/protocol/runner-protocol.ts";
import type { Runner } from "../runner/runner.ts";

/** Reads all data of a task: from the store or, if it has ended, from the history. @throws an Error with a message for the user */
export async function readTaskData(runner: Runner, folder: string, task: string): Promise<ResultOf<"taskData"> | HistoryEntryJson> {
  try {
    return await runner.request("taskData", { folder, task });
  } catch (error) {
    const ended = await readHistoryEntry(runner, folder, task);
    if (ended) return ended;
    throw error;
  }
}

export async function readHistoryEntry(runner: Runner, folder: string, task: string): Promise<HistoryEntryJson | undefined> {
  const { entries } = await runner.request("history", { folder });
  return entries.find(({ id }) => id === task);
}
