import * as vscode from "vscode";
import type { CommandContext } from "./commands/command-context.ts";
import { registerCommands } from "./commands/register-commands.ts";
import { Disposables } from "./disposables.ts";
import { Documents } from "./documents/documents.ts";
import { WorkspaceModel } from "./model/workspace-model.ts";
import { Runner } from "./runner/runner.ts";
import { createViews } from "./views.ts";

let deactivation: (() => Promise<void>) | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const owned = new Disposables();
  context.subscriptions.push(owned);
  const log = owned.add(vscode.window.createOutputChannel("Background Tasks", { log: true }));
  const model = new WorkspaceModel();
  const runner = new Runner({ extensionPath: context.extensionPath, model, log });
  deactivation = () => runner.dispose();
  const documents = owned.add(new Documents(runner, model));
  const views = owned.add(createViews({ runner, model, log }));
  const commands: CommandContext = {
    runner,
    model,
    log,
    memory: context.workspaceState,
    selectedNode: () => views.tasksView.selection,
    reveal: (node) => views.reveal(node),
  };
  owned.add(registerCommands(commands, documents));
  // Not awaited: commands and views are there at once, and tell that the runner is starting.
  void runner.start();
}

/** Resolves when the runner, and whatever it executes, has ended. */
export async function deactivate(): Promise<void> {
  await deactivation?.();
}
