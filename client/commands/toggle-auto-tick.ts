import * as vscode from "vscode";
import type { FolderState } from "../../server/protocol/folder-state.ts";
import type { CommandContext } from "../asking/command-context.ts";
import { targetOf } from "../asking/command-target.ts";
import { ask } from "../asking/pick.ts";
import { pickFolder } from "../asking/pick-folder.ts";

/** Sets when ticks run automatically, in the settings of the folder. */
export async function toggleAutoTick(context: CommandContext, argument: unknown): Promise<void> {
  const folder = await pickFolder(context, targetOf(argument, context));
  const now = folder.state.autoTick;
  const mark = (value: FolderState["autoTick"]) => (value === now ? { description: vscode.l10n.t("current") } : {});
  const value = await ask<FolderState["autoTick"]>(
    [
      { label: vscode.l10n.t("Off"), detail: vscode.l10n.t("Ticks run only when you start them."), value: "off", ...mark("off") },
      {
        label: vscode.l10n.t("On Schedule"),
        detail: vscode.l10n.t("A tick runs when a scheduled task or a retry is due."),
        value: "onSchedule",
        ...mark("onSchedule"),
      },
      {
        label: vscode.l10n.t("On Save"),
        detail: vscode.l10n.t("A tick runs when a task file is saved, and retries what failed in it."),
        value: "onSave",
        ...mark("onSave"),
      },
    ],
    vscode.l10n.t("Select when ticks run automatically"),
  );
  const isOneOfSeveral = (vscode.workspace.workspaceFolders?.length ?? 0) > 1;
  await vscode.workspace
    .getConfiguration("backgroundTasks", vscode.Uri.parse(folder.uri))
    .update("autoTick", value, isOneOfSeveral ? vscode.ConfigurationTarget.WorkspaceFolder : vscode.ConfigurationTarget.Workspace);
}
