import * as vscode from "vscode";
import type { FolderModel } from "../model/folder-model.ts";

/** What a person sees in the editor is what runs: changed files of the folder are saved before. */
export async function saveDocuments(folder: FolderModel): Promise<void> {
  const uri = vscode.Uri.parse(folder.uri).toString();
  const changed = vscode.workspace.textDocuments.filter(
    (document) => document.isDirty && vscode.workspace.getWorkspaceFolder(document.uri)?.uri.toString() === uri,
  );
  await Promise.all(changed.map((document) => document.save()));
}
