import * as vscode from "vscode";
import type { FolderModel } from "../model/folder-model.ts";

/** Saves the changed files of the folder, so that the code that runs is the code in the editor. */
export async function saveDocuments(folder: FolderModel): Promise<void> {
  const uri = vscode.Uri.parse(folder.uri).toString();
  const changed = vscode.workspace.textDocuments.filter(
    (document) => document.isDirty && vscode.workspace.getWorkspaceFolder(document.uri)?.uri.toString() === uri,
  );
  await Promise.all(changed.map((document) => document.save()));
}
