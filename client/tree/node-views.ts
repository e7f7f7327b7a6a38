import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Wording } from "../../server/words/wording.ts";
import type { FolderModel } from "../model/folder-model.ts";
import type { WorkspaceModel } from "../model/workspace-model.ts";
import { actionView } from "./action-view.ts";
import { classView } from "./class-view.ts";
import { folderView, loadProblemView, moreView } from "./folder-view.ts";
import type { NodeView } from "./node-view.ts";
import { taskView } from "./task-view.ts";
import type { LoadProblemNode, TreeNode } from "./tree-node.ts";
import type { TreeNodes } from "./tree-nodes.ts";

/** Returns `undefined` for a row whose subject no longer exists. */
export function nodeView(node: TreeNode, model: WorkspaceModel, nodes: TreeNodes, wording: Wording): NodeView | undefined {
  const folder = model.folder(node.folder);
  if (!folder) return undefined;
  switch (node.kind) {
    case "folder":
      return folderView(folder, wording);
    case "loadProblem":
      return problemView(node, folder, wording);
    case "taskClass":
      return classView(node, folder, wording);
    case "task": {
      const task = folder.task(node.task);
      return task && taskView(task, folder.state.tick, wording);
    }
    case "action": {
      const task = folder.task(node.task);
      const action = task?.actions.find(({ id }) => id === node.action);
      return task && action && actionView(node, { action, task, tick: folder.state.tick }, wording);
    }
    case "more":
      return moreView(node, nodes.hiddenOf(node), wording);
  }
}

function problemView(node: LoadProblemNode, folder: FolderModel, wording: Wording): NodeView | undefined {
  const problem = folder.state.loadProblems.find(({ file }) => file === node.file);
  return problem && loadProblemView(node, { problem, path: relative(fileURLToPath(folder.uri), node.file) }, wording);
}
