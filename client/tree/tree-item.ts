import * as vscode from "vscode";
import { visibleText } from "../../server/words/visible-text.ts";
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
  const item = rowItem(view, STATES[view.expansion]);
  item.id = view.stage === undefined ? nodeId(node) : `${nodeId(node)} ${view.stage}`;
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

/** The row itself. Names and messages that came with a store could show something else than they contain. */
export function rowItem(view: Omit<NodeView, "expansion">, state: vscode.TreeItemCollapsibleState): vscode.TreeItem {
  const item = new vscode.TreeItem(visibleText(view.label), state);
  item.description = visibleText(view.description);
  item.iconPath = themeIcon(view.icon);
  item.contextValue = view.context;
  item.accessibilityInformation = { label: visibleText(view.spoken) };
  return item;
}

export function themeIcon({ id, color }: NodeIcon): vscode.ThemeIcon {
  return new vscode.ThemeIcon(id, color === undefined ? undefined : new vscode.ThemeColor(color));
}

/** Escapes the texts of users and their errors, so that they never become markup. */
export function tooltipOf([heading, ...facts]: readonly Fact[]): vscode.MarkdownString | undefined {
  if (!heading) return undefined;
  const tooltip = new vscode.MarkdownString().appendMarkdown("**").appendText(visibleText(heading.value, "\n\t")).appendMarkdown("**");
  for (const { label, value } of facts) {
    tooltip.appendMarkdown("\n\n");
    if (label !== undefined) tooltip.appendText(vscode.l10n.t("{0}: ", label));
    tooltip.appendText(visibleText(value, "\n\t"));
  }
  return tooltip;
}
