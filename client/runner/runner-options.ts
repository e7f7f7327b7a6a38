import { join } from "node:path";
import * as vscode from "vscode";
import { type LanguageClientOptions, RevealOutputChannelOn, type ServerOptions, TransportKind } from "vscode-languageclient/node";
import { HOVER_COMMANDS } from "../../server/protocol/hover-commands.ts";
import type { RunnerOptions } from "../../server/protocol/runner-protocol.ts";

/** Language ids of task files. */
export const TASK_FILE_LANGUAGES = ["typescript", "javascript"] as const;

/** V8 reserves three times this size for young objects and never returns it: with its default of 16 MB, 25 MB would lie idle. */
const NODE_ARGUMENTS = ["--max-semi-space-size=4"];

/** Runs the runner's module, which lies beside the extension, with the editor's own Node. */
export function serverOptions(extensionPath: string): ServerOptions {
  return { module: join(extensionPath, "dist", "runner.js"), transport: TransportKind.ipc, options: { execArgv: NODE_ARGUMENTS } };
}

export function clientOptions(
  output: vscode.LogOutputChannel,
): Pick<
  LanguageClientOptions,
  | "documentSelector"
  | "outputChannel"
  | "traceOutputChannel"
  | "revealOutputChannelOn"
  | "diagnosticCollectionName"
  | "markdown"
  | "initializationOptions"
> {
  return {
    documentSelector: [
      ...TASK_FILE_LANGUAGES.map((language) => ({ scheme: "file", language })),
      { scheme: "file", pattern: "**/background-tasks.config.json" },
    ],
    outputChannel: output,
    traceOutputChannel: output,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    diagnosticCollectionName: "background-tasks",
    markdown: { isTrusted: { enabledCommands: HOVER_COMMANDS } },
    // Evaluated at each start, because trust may have been granted since the last one.
    initializationOptions: (): RunnerOptions => ({
      trusted: vscode.workspace.isTrusted,
      editorNode: { path: process.execPath, env: process.versions.electron ? { ELECTRON_RUN_AS_NODE: "1" } : {} },
      isOwnClient: true,
    }),
  };
}
