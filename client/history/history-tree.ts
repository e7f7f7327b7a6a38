import * as vscode from "vscode";
import type { Wording } from "../../server/words/wording.ts";
import { type Disposable, Disposables } from "../disposables.ts";
import { rowItem, tooltipOf } from "../tree/tree-item.ts";
import type { ListedEntry } from "./history-list.ts";
import type { HistoryNode } from "./history-node.ts";
import { actionEntryView, actionFacts, entryFacts, entryView } from "./history-views.ts";

export const LOAD_MORE_COMMAND = "backgroundTasks.loadMoreHistory";

export interface ShownHistory {
  readonly entries: readonly ListedEntry[];
  readonly hasMore: boolean;
  readonly isOfMany: boolean;
}

/** The rows of the history view. */
export class HistoryTree implements vscode.TreeDataProvider<HistoryNode>, Disposable {
  readonly #wording: () => Wording;
  readonly #owned = new Disposables();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<undefined>());
  readonly onDidChangeTreeData = this.#changed.event;
  #entries: ReadonlyMap<string, ListedEntry> = new Map();
  #hasMore = false;
  /** True if several folders are open, so that an entry names its folder. */
  #isOfMany = false;

  constructor(wording: () => Wording) {
    this.#wording = wording;
  }

  show({ entries, hasMore, isOfMany }: ShownHistory): void {
    this.#entries = new Map(entries.map((listed) => [entryKey(listed.node), listed]));
    this.#hasMore = hasMore;
    this.#isOfMany = isOfMany;
    this.#changed.fire(undefined);
  }

  getChildren(parent?: HistoryNode): HistoryNode[] {
    if (!parent) {
      const entries = [...this.#entries.values()].map(({ node }) => node);
      return this.#hasMore ? [...entries, { kind: "historyMore" }] : entries;
    }
    return parent.kind === "historyEntry" ? [...(this.#entries.get(entryKey(parent))?.actions ?? [])] : [];
  }

  getTreeItem(node: HistoryNode): vscode.TreeItem {
    if (node.kind === "historyMore") return moreItem();
    const listed = this.#entries.get(entryKey(node));
    if (!listed) return new vscode.TreeItem("");
    const action = node.kind === "historyAction" ? listed.entry.actions[Number(node.action)] : undefined;
    const view = action ? actionEntryView(action, this.#wording()) : entryView(listed, this.#isOfMany, this.#wording());
    const { None, Collapsed } = vscode.TreeItemCollapsibleState;
    const item = rowItem(view, view.expansion === "none" ? None : Collapsed);
    item.id = JSON.stringify([entryKey(node), action && node.kind === "historyAction" ? node.action : ""]);
    if (action) item.command = { command: "backgroundTasks.openSource", title: vscode.l10n.t("Open Source"), arguments: [node] };
    return item;
  }

  resolveTreeItem(item: vscode.TreeItem, node: HistoryNode): vscode.TreeItem {
    const listed = node.kind === "historyMore" ? undefined : this.#entries.get(entryKey(node));
    if (!listed) return item;
    const action = node.kind === "historyAction" ? listed.entry.actions[Number(node.action)] : undefined;
    const tooltip = tooltipOf(action ? actionFacts(action, this.#wording()) : entryFacts(listed, this.#wording()));
    if (tooltip) item.tooltip = tooltip;
    return item;
  }

  dispose(): void {
    this.#owned.dispose();
  }
}

function entryKey({ folder, task }: { readonly folder: string; readonly task: string }): string {
  return JSON.stringify([folder, task]);
}

function moreItem(): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t("Load more"));
  item.id = "more";
  item.iconPath = new vscode.ThemeIcon("ellipsis");
  item.command = { command: LOAD_MORE_COMMAND, title: vscode.l10n.t("Load more") };
  return item;
}
