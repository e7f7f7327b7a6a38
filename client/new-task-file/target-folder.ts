import { resolve } from "node:path";
import * as vscode from "vscode";
import { pick } from "../asking/pick.ts";

export interface TargetFolder {
  /** Absolute path. */
  readonly path: string;
  /** Absolute path of its workspace folder, or its own path outside of any. */
  readonly root: string;
  /** URI of the workspace folder, in the runner's form. */
  readonly workspaceFolder?: string;
}

/**
 * Returns the folder for a new file: the named one, else the only workspace folder, else the user's choice.
 *
 * @throws vscode.CancellationError
 */
export async function targetFolder(named: string | undefined): Promise<TargetFolder> {
  const path = named === undefined ? await pickWorkspaceFolder() : resolve(vscode.Uri.file(named).fsPath);
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(path));
  return folder ? { path, root: folder.uri.fsPath, workspaceFolder: folder.uri.toString() } : { path, root: path };
}

function pickWorkspaceFolder(): Promise<string> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
  return pick(
    folders.map(({ name, uri }) => ({ label: name, description: uri.fsPath, value: uri.fsPath })),
    vscode.l10n.t("New Task File: Select a folder"),
    vscode.l10n.t("No folder is open. Open the folder to create the task file in."),
  );
}
