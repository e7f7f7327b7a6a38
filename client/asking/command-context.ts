import type * as vscode from "vscode";
import type { WorkspaceModel } from "../model/workspace-model.ts";
import type { Runner } from "../runner/runner.ts";
import type { TreeNode } from "../tree/tree-node.ts";

/** Everything that commands need from the extension. */
export interface CommandContext {
  readonly runner: Runner;
  readonly model: WorkspaceModel;
  readonly log: vscode.LogOutputChannel;
  /** Stores the input of earlier commands, per workspace. */
  readonly memory: vscode.Memento;
  /** Returns the selected row of the tasks view. */
  selectedNode(): TreeNode | undefined;
  /** Shows and selects a row of the tasks view. */
  reveal(node: TreeNode): Promise<void>;
}
