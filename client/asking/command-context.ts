import type * as vscode from "vscode";
import type { WorkspaceModel } from "../model/workspace-model.ts";
import type { Runner } from "../runner/runner.ts";
import type { TreeNode } from "../tree/tree-node.ts";

/** What commands act with. */
export interface CommandContext {
  readonly runner: Runner;
  readonly model: WorkspaceModel;
  readonly log: vscode.LogOutputChannel;
  /** Remembers what was typed, for this workspace. */
  readonly memory: vscode.Memento;
  /** The row of the tasks view that is selected. */
  selectedNode(): TreeNode | undefined;
  /** Shows a row of the tasks view and selects it. */
  reveal(node: TreeNode): Promise<void>;
}
