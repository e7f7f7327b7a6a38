import type { FolderState } from "../../server/protocol/folder-state.ts";
import type { FolderModel } from "../model/folder-model.ts";
import type { FolderChanged, ModelChange } from "../model/workspace-model.ts";
import type { TreeNode } from "./tree-node.ts";
import { needsAttention, type TreeNodes } from "./tree-nodes.ts";

/** The nodes to refresh with their descendants, or the whole tree. */
export type Refresh = ReadonlySet<TreeNode> | "all";

/** Keys of the folder's state that appear in the rows of folders and classes. */
const KEYS_OF_ALL: readonly (keyof FolderState)[] = ["classes", "loadProblems", "problem", "taskFiles", "node", "autoTick"];

/** Determines exactly the rows that a change affects. */
export class RefreshPlan {
  readonly #nodes: TreeNodes;
  /** The task that each folder's tick was executing at the last change, by the folder's URI. */
  readonly #executed = new Map<string, string>();

  /** Whether each class had tasks at the last change. */
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

  /** True if the class has disappeared, got its first task or lost its last one, so that its parent has to be refreshed, too. */
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

  /** Adds the class of a task that is not listed yet. */
  #addClass(nodes: Set<TreeNode>, place: { readonly folder: string; readonly class: string }): void {
    const node = this.#nodes.known({ kind: "taskClass", ...place });
    if (node && this.#nodes.hasListed(node)) nodes.add(node);
  }
}
