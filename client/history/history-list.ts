import type { HistoryEntryJson } from "../../server/json/history-json.ts";
import type { HistoryActionNode, HistoryEntryNode } from "./history-node.ts";

/** A task that has ended, and its folder. */
export interface ListedEntry {
  readonly node: HistoryEntryNode;
  /** Of the folder. */
  readonly folderName: string;
  readonly entry: HistoryEntryJson;
  readonly actions: readonly HistoryActionNode[];
}

export interface FolderEntries {
  /** URI of the folder. */
  readonly folder: string;
  readonly name: string;
  /** Newest first. */
  readonly entries: readonly HistoryEntryJson[];
}

/** Returns the newest entries of all folders, newest first. `hasMore` is true if there are older ones. */
export function listEntries(
  folders: readonly FolderEntries[],
  limit: number,
): { readonly entries: readonly ListedEntry[]; readonly hasMore: boolean } {
  const all = folders
    .flatMap(({ folder, name, entries }) => entries.map((entry) => listed(folder, name, entry)))
    .sort((a, b) => (a.entry.endedAt < b.entry.endedAt ? 1 : a.entry.endedAt > b.entry.endedAt ? -1 : 0));
  return { entries: all.slice(0, limit), hasMore: all.length > limit };
}

function listed(folder: string, folderName: string, entry: HistoryEntryJson): ListedEntry {
  const place = { folder, class: entry.class, task: entry.id };
  const actions = entry.actions.map(({ attempts }, index): HistoryActionNode => {
    const { file, line, column } = attempts.at(-1)?.error ?? {};
    return {
      kind: "historyAction",
      ...place,
      action: String(index),
      ...(file !== undefined && { file, line: line ?? 1, column: column ?? 1 }),
    };
  });
  return { node: { kind: "historyEntry", ...place }, folderName, entry, actions };
}
