import { basename } from "node:path";
import * as vscode from "vscode";
import type { CommandContext } from "../asking/command-context.ts";
import { createTask } from "../commands/create-task.ts";
import { runTask } from "../commands/tick-commands.ts";
import type { FolderModel } from "../model/folder-model.ts";
import type { WrittenTaskFile } from "./written-task-file.ts";

/** Offers to create a task of a new task file and to run it. */
export async function offerFirstRun(context: CommandContext, { file, className, params, workspaceFolder }: WrittenTaskFile): Promise<void> {
  if (workspaceFolder === undefined) return;
  const message = vscode.l10n.t("{0} is ready: task class {1} runs without changes.", vscode.workspace.asRelativePath(file), className);
  const run = vscode.l10n.t("Create and Run");
  const create = vscode.l10n.t("Create Task…");
  const chosen = await vscode.window.showInformationMessage(message, run, create);
  if (chosen === undefined) return;
  await untilKnown(context, workspaceFolder, className, file);
  if (chosen === create) {
    await createTask(context, { folder: workspaceFolder, class: className });
    return;
  }
  const { id } = await createTask(context, { folder: workspaceFolder, class: className, params });
  await runTask(context, { folder: workspaceFolder, task: id });
}

/** Waits until the runner has loaded the file. @throws Error with the reason if it cannot */
async function untilKnown({ model, runner }: CommandContext, uri: string, className: string, file: string): Promise<void> {
  const title = vscode.l10n.t("Loading {0}…", className);
  const listening: { dispose(): unknown }[] = [];
  const known = new Promise<void>((resolve, reject) => {
    const look = () => {
      const folder = model.folder(uri);
      const problem = runner.state.kind === "stopped" ? vscode.l10n.t("The runner has stopped.") : folder && problemOf(folder, file);
      if (folder?.classNamed("task", className)) resolve();
      else if (problem !== undefined) reject(new Error(problem));
    };
    listening.push(model.onChange(look), runner.onDidChangeState(look));
    look();
  });
  try {
    await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () => known);
  } finally {
    for (const listener of listening) listener.dispose();
  }
}

function problemOf({ state }: FolderModel, file: string): string | undefined {
  const unloadable = state.loadProblems.find((candidate) => basename(candidate.file) === basename(file));
  return state.problem ?? state.node.problem ?? unloadable?.message;
}
