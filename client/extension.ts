import * as vscode from "vscode";
import type { Wording } from "../server/words/wording.ts";
import type { CommandContext } from "./asking/command-context.ts";
import { DebugSessions } from "./debug/debug-sessions.ts";
import { RepeatConsent } from "./debug/repeat-consent.ts";
import { Disposables } from "./disposables.ts";
import { Documents } from "./documents/documents.ts";
import { WorkspaceModel } from "./model/workspace-model.ts";
import { ShippedPackages } from "./new-task-file/shipped-packages.ts";
import { ParamsFiles } from "./params/params-files.ts";
import { registerCommands } from "./register-commands.ts";
import { RenameOffers } from "./renames/rename-offers.ts";
import { Runner } from "./runner/runner.ts";
import { Timelines } from "./timeline/timelines.ts";
import { createViews } from "./views.ts";

/** For the tests, which inspect the models behind the views. Not for other extensions. */
export interface ExtensionInternals {
  readonly runner: Runner;
  readonly model: WorkspaceModel;
  readonly debugSessions: DebugSessions;
}

let deactivation: (() => Promise<void>) | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<ExtensionInternals> {
  const owned = new Disposables();
  context.subscriptions.push(owned);
  const log = owned.add(vscode.window.createOutputChannel("Background Tasks", { log: true }));
  const model = new WorkspaceModel();
  const wording = (): Wording => ({ t: vscode.l10n.t, locale: vscode.env.language, now: Date.now() });
  const runner = new Runner({ extensionPath: context.extensionPath, model, log });
  deactivation = () => runner.dispose();
  const documents = owned.add(new Documents(runner, model));
  const paramsFiles = owned.add(new ParamsFiles(runner, model));
  owned.add(new RenameOffers(runner));
  const views = owned.add(createViews({ runner, model, log, wording }));
  const commands: CommandContext = {
    runner,
    model,
    log,
    memory: context.workspaceState,
    selectedNode: () => views.tasksView.selection,
    reveal: (node) => views.reveal(node),
  };
  const debugSessions = owned.add(new DebugSessions());
  const timelines = owned.add(new Timelines(runner, model, wording));
  owned.add(
    registerCommands(commands, {
      documents,
      paramsFiles,
      timelines,
      debugSessions,
      repeatConsent: new RepeatConsent(context.globalState),
      shippedPackages: new ShippedPackages(context.extensionPath),
    }),
  );
  // Not awaited: commands and views are available at once, and show that the runner is starting.
  void runner.start();
  return { runner, model, debugSessions };
}

/** Resolves when the runner has ended, and everything that it executes. */
export async function deactivate(): Promise<void> {
  await deactivation?.();
}
