import type { FolderState } from "../../server/protocol/folder-state.ts";
import type { FolderModel } from "../model/folder-model.ts";
import type { FolderChanged, ModelChange } from "../model/workspace-model.ts";
import type { TreeNode } from "./tree-node.ts";
import { needsAttention, type TreeNodes } from "./tree-nodes.ts";

/** The nodes to refresh, with everything below them; or all. */
export type Refresh = ReadonlySet<TreeNode> | "all";

/** What rows of folders and classes say. */
const KEYS_OF_ALL: readonly (keyof FolderState)[] = ["classes", "loadProblems", "problem", "taskFiles", "node", "autoTick"];

/** Tells which rows a change concerns, and those only. */
export class RefreshPlan {
  readonly #nodes: TreeNodes;
  /** The task that each folder's tick executed when it was looked at last; by the folder's URI. */
  readonly #executed = new Map<string, string>();

  /** Whether classes had tasks when they were looked at last. */
  readonly #filled = new Map<string, boolean>();

  constructor(nodes: TreeNodes) {
    this.#nodes = nodes;
  }

  of(change: ModelChange): Refresh {
    if (change.kind === "whole") {
      this.#filled.clear();
      return "all";
    }
    const { folder, keys, regrouped } = change;
    if (KEYS_OF_ALL.some((key) => keys.has(key))) return "all";
    const nodes = new Set<TreeNode>();
    for (const name of regrouped) {
      const node = this.#nodes.known({ kind: "taskClass", folder: folder.uri, class: name });
      if (!node || this.#isOther(folder, name)) return "all";
      nodes.add(node);
    }
    for (const id of this.#concernedTasks(change)) this.#addTask(nodes, change, id);
    return nodes;
  }

  /** A class that disappears, gets its first task or loses its last one changes the children of the row above it. */
  #isOther(folder: FolderModel, name: string): boolean {
    const key = JSON.stringify([folder.uri, name]);
    const isFilled = folder.taskCountOf(name) > 0;
    const wasFilled = this.#filled.get(key);
    this.#filled.set(key, isFilled);
    return isFilled !== wasFilled || !folder.shownClasses.includes(name);
  }

  #concernedTasks({ folder, keys, changedTasks }: FolderChanged): Set<string> {
    const tasks = new Set(changedTasks);
    if (!keys.has("tick")) return tasks;
    const before = this.#executed.get(folder.uri);
    const now = folder.state.tick?.current?.task;
    for (const id of [before, now]) if (id !== undefined) tasks.add(id);
    if (now === undefined) this.#executed.delete(folder.uri);
    else this.#executed.set(folder.uri, now);
    return tasks;
  }

  #addTask(nodes: Set<TreeNode>, { folder }: FolderChanged, id: string): void {
    const task = folder.task(id);
    if (!task) return;
    const place = { folder: folder.uri, class: task.class };
    const node = this.#nodes.known({ kind: "task", ...place, task: id });
    if (node) nodes.add(node);
    else if (needsAttention(task)) this.#addClass(nodes, place);
  }

  /** It has to list a task that it does not list yet. */
  #addClass(nodes: Set<TreeNode>, place: { readonly folder: string; readonly class: string }): void {
    const node = this.#nodes.known({ kind: "taskClass", ...place });
    if (node && this.#nodes.hasListed(node)) nodes.add(node);
  }
}
