/** The subject of a row in the tasks view. Consists of names only, so that a row keeps its identity while its content changes. */
export type TreeNode = FolderNode | TaskClassNode | LoadProblemNode | TaskNode | ActionNode | MoreNode;

export interface FolderNode {
  readonly kind: "folder";
  /** URI of the folder. */
  readonly folder: string;
}

export interface TaskClassNode {
  readonly kind: "taskClass";
  readonly folder: string;
  readonly class: string;
}

/** A task file that cannot be loaded. */
export interface LoadProblemNode {
  readonly kind: "loadProblem";
  readonly folder: string;
  readonly file: string;
}

export interface TaskNode {
  readonly kind: "task";
  readonly folder: string;
  readonly class: string;
  /** Task id. */
  readonly task: string;
}

export interface ActionNode {
  readonly kind: "action";
  readonly folder: string;
  readonly class: string;
  readonly task: string;
  /** Action id, unique within its task. */
  readonly action: string;
}

/** Stands for the tasks of a class that are not listed: thousands of rows are no help. */
export interface MoreNode {
  readonly kind: "more";
  readonly folder: string;
  readonly class: string;
}

/** Stable and unique in the view. */
export function nodeId(node: TreeNode): string {
  switch (node.kind) {
    case "folder":
      return JSON.stringify(["folder", node.folder]);
    case "taskClass":
      return JSON.stringify(["class", node.folder, node.class]);
    case "loadProblem":
      return JSON.stringify(["problem", node.folder, node.file]);
    case "task":
      return JSON.stringify(["task", node.folder, node.task]);
    case "action":
      return JSON.stringify(["action", node.folder, node.task, node.action]);
    case "more":
      return JSON.stringify(["more", node.folder, node.class]);
  }
}
