import type { HistoryEntry, TaskStore } from "../../store/index.ts";
import { currentTasks } from "./request-effects.ts";

export interface HistorySelection {
  /** The maximum number of entries; default: all of them. */
  readonly limit?: number | undefined;
  /** Default: every entry. */
  readonly matches?: ((entry: HistoryEntry) => boolean) | undefined;
}

/**
 * Returns the history as it will be once the pending requests are fulfilled, newest first, for display.
 *
 * @throws StoreError
 */
export async function currentHistory(
  store: Pick<TaskStore, "read" | "history">,
  { limit, matches }: HistorySelection = {},
): Promise<readonly HistoryEntry[]> {
  // In this order, a task that ends in the meantime is in one of them or in both, never in neither.
  const { ended } = currentTasks(await store.read());
  const recorded = await store.history(limit === undefined || matches ? {} : { limit });
  const ids = new Set(recorded.map(({ id }) => id));
  const all = [...ended.filter(({ id }) => !ids.has(id)), ...recorded];
  return (matches ? all.filter(matches) : all).slice(0, limit);
}
