import type { HistoryEntry, TaskStore } from "../../store/index.ts";
import { currentTasks } from "./request-effects.ts";

/**
 * Returns the history as it will be once the pending requests are fulfilled, newest first, for display. `limit` defaults to all of it.
 *
 * @throws StoreError
 */
export async function currentHistory(
  store: Pick<TaskStore, "read" | "history">,
  { limit }: { readonly limit?: number | undefined } = {},
): Promise<readonly HistoryEntry[]> {
  // In this order, a task that ends in the meantime is in one of them or in both, never in neither.
  const { ended } = currentTasks(await store.read());
  const recorded = await store.history(limit === undefined ? {} : { limit });
  const ids = new Set(recorded.map(({ id }) => id));
  return [...ended.filter(({ id }) => !ids.has(id)), ...recorded].slice(0, limit);
}
