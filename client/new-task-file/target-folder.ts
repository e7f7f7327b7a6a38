import { resolve } from "node:path";
import * as vscode from "vscode";
import { pick } from "../asking/pick.ts";

export interface TargetFolder {
  /** Absolute path. */
  readonly path: string;
  /** Absolute path of the workspace folder it is in; of itself where it is in none. */
  readonly root: string;
  /** URI of the workspace folder, as the runner knows it. */
  readonly workspaceFolder?: string;
}

/** Where a new file goes: as named, else into the only workspace folder, else as a person says. @throws vscode.CancellationError */
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
