import { fileURLToPath } from "node:url";
import * as vscode from "vscode";
import type { FolderModel } from "../model/folder-model.ts";
import { notRunning } from "../runner/not-running.ts";
import type { CommandContext } from "./command-context.ts";
import type { CommandTarget } from "./command-target.ts";
import { pick } from "./pick.ts";

/** Returns the named folder or the only one, or asks for one. @throws vscode.CancellationError */
export async function pickFolder({ model, runner }: CommandContext, { folder: uri }: CommandTarget): Promise<FolderModel> {
  await runner.settled();
  const named = uri === undefined ? undefined : model.folder(uri);
  if (named) return named;
  const choices = model.folders.map((folder) => ({
    label: folder.state.name,
    description: fileURLToPath(folder.uri),
    value: folder,
  }));
  return pick(
    choices,
    vscode.l10n.t("Select a folder"),
    runner.state.kind === "stopped" && runner.state.problem !== undefined
      ? notRunning()
      : vscode.l10n.t("No folder with tasks is open. Open the folder that contains the task files."),
  );
}
