import * as vscode from "vscode";
import type { NodeState } from "../../server/protocol/folder-state.ts";
import type { CommandContext } from "../asking/command-context.ts";
import { ask } from "../asking/pick.ts";

/** Sets the Node that executes tasks. An unusable one is reported where the chosen one is shown. */
export async function selectNode({ model }: CommandContext): Promise<void> {
  const nodes = model.folders.map(({ state }) => state.node);
  const how = await ask<"automatic" | "browse" | "type">(
    [
      {
        label: vscode.l10n.t("Automatic"),
        detail: vscode.l10n.t("From the PATH, a login shell, or the editor itself"),
        ...describe(nodes[0]),
        value: "automatic",
      },
      { label: vscode.l10n.t("Browse…"), value: "browse" },
      { label: vscode.l10n.t("Enter Path…"), value: "type" },
    ],
    vscode.l10n.t("Select the Node that executes tasks"),
  );
  const path = how === "automatic" ? undefined : how === "browse" ? await browse() : await type(nodes[0]?.path);
  if (path === undefined && how !== "automatic") return;
  const configuration = vscode.workspace.getConfiguration("backgroundTasks");
  // A workspace setting overrides the user's, so it is the one to change.
  const isOfWorkspace = configuration.inspect("nodePath")?.workspaceValue != null;
  await configuration.update("nodePath", path, isOfWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global);
}

function describe(node: NodeState | undefined): { readonly description?: string } {
  return node?.path !== undefined && node.source !== "setting" ? { description: `${node.version} · ${node.path}` } : {};
}

async function browse(): Promise<string | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t("Select Node"),
      openLabel: vscode.l10n.t("Use This Node"),
      canSelectMany: false,
    })) ?? [];
  return file?.fsPath;
}

async function type(value: string | undefined): Promise<string | undefined> {
  const typed = await vscode.window.showInputBox({
    prompt: vscode.l10n.t("Absolute path of Node 20.19 or newer"),
    ...(value !== undefined && { value }),
    ignoreFocusOut: true,
  });
  return typed?.trim() || undefined;
}
