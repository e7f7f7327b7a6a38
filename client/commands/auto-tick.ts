import * as vscode from "vscode";
import type { FolderState } from "../../server/protocol/folder-state.ts";
import type { CommandContext } from "./command-context.ts";
import { targetOf } from "./command-target.ts";
import { ask } from "./pick.ts";
import { pickFolder } from "./pick-folder.ts";

/** Sets whether ticks are run without being asked for, in the settings of the folder. */
export async function toggleAutoTick(context: CommandContext, argument: unknown): Promise<void> {
  const folder = await pickFolder(context, targetOf(argument, context));
  const now = folder.state.autoTick;
  const mark = (value: FolderState["autoTick"]) => (value === now ? { description: vscode.l10n.t("as it is now") } : {});
  const value = await ask<FolderState["autoTick"]>(
    [
      { label: vscode.l10n.t("Off"), detail: vscode.l10n.t("A tick runs only when somebody asks for one."), value: "off", ...mark("off") },
      {
        label: vscode.l10n.t("On Schedule"),
        detail: vscode.l10n.t("A tick runs when a scheduled task is due, or an attempt."),
        value: "onSchedule",
        ...mark("onSchedule"),
      },
      {
        label: vscode.l10n.t("On Save"),
        detail: vscode.l10n.t("A tick runs when a task file was saved: what failed in it is tried again."),
        value: "onSave",
        ...mark("onSave"),
      },
    ],
    vscode.l10n.t("When is a tick run by itself?"),
  );
  const isOneOfSeveral = (vscode.workspace.workspaceFolders?.length ?? 0) > 1;
  await vscode.workspace
    .getConfiguration("backgroundTasks", vscode.Uri.parse(folder.uri))
    .update("autoTick", value, isOneOfSeveral ? vscode.ConfigurationTarget.WorkspaceFolder : vscode.ConfigurationTarget.Workspace);
}
