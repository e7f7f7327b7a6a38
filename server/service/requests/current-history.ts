import type { DamagedEntry, HistoryEntry, TaskStore } from "../../store/index.ts";
import { currentTasks } from "./request-effects.ts";

export interface HistorySelection {
  /** The maximum number of entries; default: all of them. */
  readonly limit?: number | undefined;
  /** Default: every entry. */
  readonly matches?: ((entry: HistoryEntry) => boolean) | undefined;
  /** Called for each entry that cannot be interpreted, among those that were read. */
  readonly onDamaged?: (entry: DamagedEntry) => void;
}

/**
 * Returns the history as it will be once the pending requests are fulfilled, newest first, for display.
 *
 * @throws StoreError
 */
export async function currentHistory(
  store: Pick<TaskStore, "read" | "history">,
  { limit, matches, onDamaged }: HistorySelection = {},
): Promise<readonly HistoryEntry[]> {
  // In this order, a task that ends in the meantime is in one of them or in both, never in neither.
  const { ended } = currentTasks(await store.read());
  const recorded = await store.history({ ...(limit !== undefined && !matches && { limit }), ...(onDamaged && { onDamaged }) });
  const ids = new Set(recorded.map(({ id }) => id));
  const all = [...ended.filter(({ id }) => !ids.has(id)), ...recorded];
  return (matches ? all.filter(matches) : all).slice(0, limit);
}
