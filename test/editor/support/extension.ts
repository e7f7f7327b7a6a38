import * as vscode from "vscode";

const ID = "background-task-ex.background-task-ex";

/** The extension under test. */
export function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension(ID);
  if (found === undefined) throw new Error(`${ID} is not among ${vscode.extensions.all.map(({ id }) => id).join(", ")}.`);
  return found;
}
