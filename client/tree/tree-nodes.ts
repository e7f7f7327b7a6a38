import type { TaskState } from "../../server/protocol/folder-state.ts";
import type { FolderModel } from "../model/folder-model.ts";
import type { WorkspaceModel } from "../model/workspace-model.ts";
import { nodeId, type TaskClassNode, type TreeNode } from "./tree-node.ts";

/** The number of tasks of a class that are listed at first, and that each request for more adds. */
export const PAGE = 500;

/**
 * The tree's structure. VS Code identifies nodes by object identity, so a node stays the same object while its parent lists it;
 * nothing else remembers nodes.
 */
export class TreeNodes {
  readonly #model: WorkspaceModel;
  readonly #root = {};
  readonly #listed = new WeakMap<object, ReadonlyMap<string, TreeNode>>();
  readonly #limits = new Map<string, number>();
  /** Ids of tasks that were revealed, and are listed for that. */
  readonly #wanted = new Set<string>();

  constructor(model: WorkspaceModel) {
    this.#model = model;
  }

  children(parent: TreeNode | undefined): readonly TreeNode[] {
    const key = parent ?? this.#root;
    const before = this.#listed.get(key);
    const listed = new Map<string, TreeNode>();
    for (const node of this.#below(parent)) {
      const id = nodeId(node);
      listed.set(id, before?.get(id) ?? node);
    }
    this.#listed.set(key, listed);
    return [...listed.values()];
  }

  parent(node: TreeNode): TreeNode | undefined {
    const above = this.#above(node);
    return above && (this.known(above) ?? above);
  }

  /** The node's object as the editor has it; `undefined` if it has not been listed yet. */
  known(node: TreeNode): TreeNode | undefined {
    const above = this.#above(node);
    const parent = above ? this.known(above) : this.#root;
    return parent && this.#listed.get(parent)?.get(nodeId(node));
  }

  /** Like `known`, but lists the node if necessary; `undefined` if it no longer exists. */
  find(node: TreeNode): TreeNode | undefined {
    const known = this.known(node);
    if (known) return known;
    const above = this.#above(node);
    const parent = above && this.find(above);
    if (above && !parent) return undefined;
    if (node.kind === "task") this.#wanted.add(node.task);
    const id = nodeId(node);
    return this.children(parent).find((child) => nodeId(child) === id);
  }

  hasListed(parent: TreeNode): boolean {
    return this.#listed.has(parent);
  }

  /** The number of tasks of a class that are not listed. */
  hiddenOf({ folder, class: name }: Pick<TaskClassNode, "folder" | "class">): number {
    const count = this.#model.folder(folder)?.taskCountOf(name) ?? 0;
    return Math.max(0, count - this.#limitOf(folder, name));
  }

  showMore({ folder, class: name }: Pick<TaskClassNode, "folder" | "class">): void {
    this.#limits.set(JSON.stringify([folder, name]), this.#limitOf(folder, name) + PAGE);
  }

  #limitOf(folder: string, name: string): number {
    return this.#limits.get(JSON.stringify([folder, name])) ?? PAGE;
  }

  #below(parent: TreeNode | undefined): TreeNode[] {
    if (!parent) {
      const [only, ...others] = this.#model.folders;
      if (only && others.length === 0) return ofFolder(only);
      return this.#model.folders.map(({ uri }) => ({ kind: "folder", folder: uri }));
    }
    const folder = this.#model.folder(parent.folder);
    if (!folder) return [];
    switch (parent.kind) {
      case "folder":
        return ofFolder(folder);
      case "taskClass":
        return this.#ofClass(folder, parent);
      case "task":
        return (folder.task(parent.task)?.actions ?? []).map(({ id }) => ({ ...parent, kind: "action", action: id }));
      default:
        return [];
    }
  }

  #ofClass(folder: FolderModel, parent: TaskClassNode): TreeNode[] {
    const isImportant = (task: TaskState) => this.#wanted.has(task.id) || needsAttention(task);
    const tasks = mostImportant(folder.tasksOf(parent.class), isImportant, this.#limitOf(parent.folder, parent.class));
    const nodes: TreeNode[] = tasks.map(({ id }) => ({ ...parent, kind: "task", task: id }));
    return this.hiddenOf(parent) > 0 ? [...nodes, { ...parent, kind: "more" }] : nodes;
  }

  #above(node: TreeNode): TreeNode | undefined {
    const { folder } = node;
    switch (node.kind) {
      case "action":
        return { kind: "task", folder, class: node.class, task: node.task };
      case "task":
      case "more":
        return { kind: "taskClass", folder, class: node.class };
      case "taskClass":
      case "loadProblem":
        return this.#model.folders.length > 1 ? { kind: "folder", folder } : undefined;
      case "folder":
        return undefined;
    }
  }
}

function ofFolder(folder: FolderModel): TreeNode[] {
  const files = new Set(folder.state.loadProblems.map(({ file }) => file));
  return [
    ...[...files].map((file): TreeNode => ({ kind: "loadProblem", folder: folder.uri, file })),
    ...folder.shownClasses.map((name): TreeNode => ({ kind: "taskClass", folder: folder.uri, class: name })),
  ];
}

/** If there are too many, those that need attention come before older ones; the order stays. */
function mostImportant(tasks: readonly TaskState[], isImportant: (task: TaskState) => boolean, limit: number): readonly TaskState[] {
  if (tasks.length <= limit) return tasks;
  const chosen = new Set(tasks.filter(isImportant).slice(0, limit));
  for (const task of tasks) {
    if (chosen.size >= limit) break;
    chosen.add(task);
  }
  return tasks.filter((task) => chosen.has(task));
}

/** True for tasks that are always listed, however many others there are. */
export function needsAttention({ status, problem, error, actions }: TaskState): boolean {
  if (status !== "created" && status !== "paused") return true;
  return problem !== undefined || error !== undefined || actions.some(({ outcome }) => outcome === "failed");
}
