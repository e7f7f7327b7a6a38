import * as vscode from "vscode";
import { inWords, type PackageCommand } from "./package-manager.ts";

/** Runs a package manager in a visible terminal. @returns true if it succeeded */
export async function runPackageCommand(command: PackageCommand, directory: string): Promise<boolean> {
  const task = new vscode.Task(
    { type: "shell" },
    vscode.workspace.getWorkspaceFolder(vscode.Uri.file(directory)) ?? vscode.TaskScope.Workspace,
    inWords(command),
    "Background Tasks",
    // Through a shell, because on Windows package managers are scripts. No part of it is user input.
    new vscode.ShellExecution(command.command, [...command.args], { cwd: directory }),
    [],
  );
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, focus: false, panel: vscode.TaskPanelKind.Dedicated };
  return new Promise((resolve) => {
    const isIt = ({ execution }: vscode.TaskEndEvent) => execution.task.name === task.name && execution.task.source === task.source;
    const settle = (ok: boolean) => {
      for (const listener of listening) listener.dispose();
      resolve(ok);
    };
    const listening = [
      vscode.tasks.onDidEndTaskProcess((ended) => isIt(ended) && settle(ended.exitCode === 0)),
      // Also fires if the process could not start. If it did, its end has been reported already.
      vscode.tasks.onDidEndTask((ended) => isIt(ended) && settle(false)),
    ];
    vscode.tasks.executeTask(task).then(undefined, () => settle(false));
  });
}
