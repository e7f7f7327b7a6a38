import * as vscode from "vscode";
import { WorkspaceFolder } from "./workspace-folder.ts";

/** The folder that the editor has opened: a copy of the sample tasks, the same for all tests of a run. */
export function openedFolder(): WorkspaceFolder {
  return WorkspaceFolder.at(openedWorkspaceFolder().uri.fsPath);
}

export function openedWorkspaceFolder(): vscode.WorkspaceFolder {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder === undefined) throw new Error("No folder is open.");
  return folder;
}

/** Of a file in the opened folder, as the editor names it. */
export function fileUri(name: string): vscode.Uri {
  return vscode.Uri.joinPath(openedWorkspaceFolder().uri, name);
}

/** Shows a file of the opened folder. */
export async function showFile(name: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(fileUri(name)));
}
