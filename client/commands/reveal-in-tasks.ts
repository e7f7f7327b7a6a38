import { fileURLToPath } from "node:url";
import * as vscode from "vscode";
import type { ActionState, TaskState } from "../../server/protocol/folder-state.ts";
import type { CommandContext } from "../asking/command-context.ts";
import { targetOf } from "../asking/command-target.ts";
import type { FolderModel } from "../model/folder-model.ts";
import type { TreeNode } from "../tree/tree-node.ts";

/** Shows the target in the tasks view: the one in the argument, or the one at the cursor. */
export async function revealInTasks(context: CommandContext, argument: unknown): Promise<void> {
  const target = argument instanceof vscode.Uri ? {} : targetOf(argument, context);
  const folder = target.folder === undefined ? undefined : context.model.folder(target.folder);
  const node = folder ? nodeOf(folder, target) : nodeAtCursor(context.model.folders);
  if (!node) throw new Error(vscode.l10n.t("The Tasks view shows nothing from this file."));
  await context.reveal(node);
}

function nodeOf(folder: FolderModel, { task: id, action, class: className }: ReturnType<typeof targetOf>): TreeNode | undefined {
  const task = id === undefined ? undefined : folder.task(id);
  if (!task) return className === undefined ? undefined : classNode(folder, className);
  return action === undefined ? taskNode(folder, task) : actionNode(folder, task, action);
}

function nodeAtCursor(folders: readonly FolderModel[]): TreeNode | undefined {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return undefined;
  const file = editor.document.uri.fsPath;
  const line = editor.selection.active.line + 1;
  for (const folder of folders.filter(({ uri }) => file.startsWith(fileURLToPath(uri)))) {
    const node = failureAt(folder, file, line) ?? declaredAt(folder, file, line);
    if (node) return node;
  }
  return undefined;
}

function failureAt(folder: FolderModel, file: string, line: number): TreeNode | undefined {
  for (const task of folder.tasks) {
    const action = task.actions.find(({ error }) => error?.file === file && error.line === line);
    if (action) return actionNode(folder, task, action.id);
  }
  return undefined;
}

/** Returns the class of the last declaration at or before the line. */
function declaredAt(folder: FolderModel, file: string, line: number): TreeNode | undefined {
  const declared = folder.state.classes
    .filter((candidate) => candidate.file === file && (candidate.line ?? 1) <= line)
    .sort((a, b) => (b.line ?? 1) - (a.line ?? 1));
  const [innermost] = declared;
  if (!innermost) return undefined;
  if (innermost.kind === "task") return classNode(folder, innermost.name);
  for (const task of folder.tasks) {
    const action = task.actions.find((candidate: ActionState) => candidate.class === innermost.name);
    if (action) return actionNode(folder, task, action.id);
  }
  return undefined;
}

function classNode({ uri }: FolderModel, className: string): TreeNode {
  return { kind: "taskClass", folder: uri, class: className };
}

function taskNode({ uri }: FolderModel, { id, class: className }: TaskState): TreeNode {
  return { kind: "task", folder: uri, class: className, task: id };
}

function actionNode({ uri }: FolderModel, { id, class: className }: TaskState, action: string): TreeNode {
  return { kind: "action", folder: uri, class: className, task: id, action };
}
