import type * as vscode from "vscode";
import type { Wording } from "../server/words/wording.ts";
import { type Disposable, Disposables } from "./disposables.ts";
import { CurrentFailures } from "./failures/current-failures.ts";
import { FailureNotes } from "./failures/failure-notes.ts";
import { HistoryView } from "./history/history-view.ts";
import type { WorkspaceModel } from "./model/workspace-model.ts";
import { OutputLog } from "./output/output-log.ts";
import type { Runner } from "./runner/runner.ts";
import { ContextKeys } from "./status/context-keys.ts";
import { StatusBar } from "./status/status-bar.ts";
import { TasksView } from "./tree/tasks-view.ts";
import type { TreeNode } from "./tree/tree-node.ts";

export interface ViewsDependencies {
  readonly runner: Runner;
  readonly model: WorkspaceModel;
  readonly log: vscode.LogOutputChannel;
  readonly wording: () => Wording;
}

export interface Views extends Disposable {
  readonly tasksView: TasksView;
  /** Shows and selects a row of the tasks view; does nothing if it no longer exists. */
  reveal(node: TreeNode): Promise<void>;
}

/** Creates all views of the extension. */
export function createViews({ runner, model, log, wording }: ViewsDependencies): Views {
  const owned = new Disposables();
  const failures = owned.add(new CurrentFailures());
  const contextKeys = owned.add(new ContextKeys(runner, model));
  const tasksView = owned.add(new TasksView({ runner, model, contextKeys, failures, wording }));
  owned.add(new HistoryView({ runner, model, log, wording }));
  owned.add(new StatusBar({ runner, model, failures, wording }));
  owned.add(new FailureNotes());
  owned.add(new OutputLog({ runner, log }));
  return {
    tasksView,
    reveal: (node) => tasksView.reveal(node),
    dispose: () => owned.dispose(),
  };
}
