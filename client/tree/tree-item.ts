import * as vscode from "vscode";
import type { NodeIcon, NodeView } from "./node-view.ts";
import type { Fact } from "./tooltip-facts.ts";
import { nodeId, type TreeNode } from "./tree-node.ts";

/** The command that lists more rows; not in the manifest, because it is only useful on its own row. */
export const SHOW_MORE_COMMAND = "backgroundTasks.showMoreTasks";

const STATES = {
  none: vscode.TreeItemCollapsibleState.None,
  collapsed: vscode.TreeItemCollapsibleState.Collapsed,
  expanded: vscode.TreeItemCollapsibleState.Expanded,
};

/** Without its tooltip, which is made on demand. */
export function toTreeItem(node: TreeNode, view: NodeView): vscode.TreeItem {
  const item = new vscode.TreeItem(view.label, STATES[view.expansion]);
  item.id = view.stage === undefined ? nodeId(node) : `${nodeId(node)} ${view.stage}`;
  item.description = view.description;
  item.iconPath = themeIcon(view.icon);
  item.contextValue = view.context;
  item.accessibilityInformation = { label: view.spoken };
  if (view.opens) {
    const isSource = view.opens.kind === "source";
    item.command = {
      command: isSource ? "backgroundTasks.openSource" : SHOW_MORE_COMMAND,
      title: isSource ? vscode.l10n.t("Open Source") : view.label,
      arguments: [view.opens.node],
    };
  }
  return item;
}

export function themeIcon({ id, color }: NodeIcon): vscode.ThemeIcon {
  return new vscode.ThemeIcon(id, color === undefined ? undefined : new vscode.ThemeColor(color));
}

/** Escapes the texts of users and their errors, so that they never become markup. */
export function tooltipOf([heading, ...facts]: readonly Fact[]): vscode.MarkdownString | undefined {
  if (!heading) return undefined;
  const tooltip = new vscode.MarkdownString().appendMarkdown("**").appendText(heading.value).appendMarkdown("**");
  for (const { label, value } of facts) {
    tooltip.appendMarkdown("\n\n");
    if (label !== undefined) tooltip.appendText(vscode.l10n.t("{0}: ", label));
    tooltip.appendText(value);
  }
  return tooltip;
}
