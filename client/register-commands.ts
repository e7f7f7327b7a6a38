import * as vscode from "vscode";
import type { CommandContext } from "./asking/command-context.ts";
import { showError } from "./asking/show-error.ts";
import { createTask } from "./commands/create-task.ts";
import { dismissFailure } from "./commands/dismiss-failure.ts";
import { openSource } from "./commands/open-source.ts";
import { revealInTasks } from "./commands/reveal-in-tasks.ts";
import { selectNode } from "./commands/select-node.ts";
import { openHistoryEntry, showTaskData, showTimeline } from "./commands/show-commands.ts";
import { cancelTask, pauseTask, resumeTask, retryTask } from "./commands/task-commands.ts";
import { cancelTick, runTask, runTick } from "./commands/tick-commands.ts";
import { toggleAutoTick } from "./commands/toggle-auto-tick.ts";
import { debugFailure } from "./debug/debug-failure.ts";
import type { DebugSessions } from "./debug/debug-sessions.ts";
import { debugTask, debugTick } from "./debug/debug-tick.ts";
import type { RepeatConsent } from "./debug/repeat-consent.ts";
import { type Disposable, Disposables } from "./disposables.ts";
import type { Documents } from "./documents/documents.ts";
import { newTaskFile } from "./new-task-file/new-task-file.ts";
import type { ShippedPackages } from "./new-task-file/shipped-packages.ts";
import { editParams } from "./params/edit-params.ts";
import type { ParamsFiles } from "./params/params-files.ts";
import type { Timelines } from "./timeline/timelines.ts";

type Command = (argument: unknown) => Promise<unknown>;

/** Parts that only some commands need. */
export interface CommandParts {
  readonly documents: Documents;
  readonly paramsFiles: ParamsFiles;
  readonly timelines: Timelines;
  readonly debugSessions: DebugSessions;
  readonly repeatConsent: RepeatConsent;
  readonly shippedPackages: ShippedPackages;
}

/** Registers the commands of the manifest, except for those that a view or another part registers itself. */
export function registerCommands(
  context: CommandContext,
  { documents, paramsFiles, timelines, debugSessions, repeatConsent, shippedPackages }: CommandParts,
): Disposable {
  const commands: Readonly<Record<string, Command>> = {
    runTick: (argument) => runTick(context, argument),
    runTask: (argument) => runTask(context, argument),
    debugTick: (argument) => debugTick(context, debugSessions, argument),
    debugTask: (argument) => debugTask(context, debugSessions, argument),
    cancelTick: (argument) => cancelTick(context, argument),
    newTaskFile: (argument) => newTaskFile(context, shippedPackages, argument),
    createTask: (argument) => createTask(context, argument),
    retryTask: (argument) => retryTask(context, argument),
    pauseTask: (argument) => pauseTask(context, argument),
    resumeTask: (argument) => resumeTask(context, argument),
    cancelTask: (argument) => cancelTask(context, argument),
    editParams: (argument) => editParams(context, paramsFiles, argument),
    openSource: (argument) => openSource(context, argument),
    debugFailure: (argument) => debugFailure(context, { sessions: debugSessions, consent: repeatConsent }, argument),
    dismissFailure: (argument) => dismissFailure(context, argument),
    revealInTasks: (argument) => revealInTasks(context, argument),
    showTaskData: (argument) => showTaskData(context, documents, argument),
    showTimeline: (argument) => showTimeline(context, timelines, argument),
    openHistoryEntry: (argument) => openHistoryEntry(context, documents, argument),
    toggleAutoTick: (argument) => toggleAutoTick(context, argument),
    selectNode: () => selectNode(context),
    showOutput: async () => context.log.show(),
    restartRunner: () => restartRunner(context),
  };
  const owned = new Disposables();
  for (const [name, command] of Object.entries(commands)) owned.add(registerCommand(context, name, command));
  return owned;
}

/** Registers a command whose errors are shown to the user. */
export function registerCommand(context: CommandContext, name: string, command: Command): Disposable {
  return vscode.commands.registerCommand(`backgroundTasks.${name}`, async (argument: unknown) => {
    try {
      return await command(argument);
    } catch (error) {
      // Not awaited: the command has ended even if the message stays open.
      void showError(error, context);
      return undefined;
    }
  });
}

async function restartRunner({ runner }: CommandContext): Promise<void> {
  const title = vscode.l10n.t("Restarting the runner…");
  await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () => runner.restart());
}
