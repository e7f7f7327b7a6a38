import * as vscode from "vscode";
import type { Wording } from "../../server/words/wording.ts";
import { type Disposable, Disposables } from "../disposables.ts";
import type { CurrentFailures } from "../failures/current-failures.ts";
import type { WorkspaceModel } from "../model/workspace-model.ts";
import type { Runner } from "../runner/runner.ts";
import type { ContextKeys } from "../status/context-keys.ts";
import { TasksTree } from "./tasks-tree.ts";
import { SHOW_MORE_COMMAND } from "./tree-item.ts";
import type { MoreNode, TreeNode } from "./tree-node.ts";
import { badgeTooltip, viewDescription, viewMessage } from "./view-words.ts";

export interface TasksViewOptions {
  readonly runner: Runner;
  readonly model: WorkspaceModel;
  readonly contextKeys: ContextKeys;
  readonly failures: CurrentFailures;
  readonly wording: () => Wording;
}

const VIEW_ID = "backgroundTasks.tasks";

/** The tasks view: its tree, badge, message and progress. */
export class TasksView implements Disposable {
  readonly #options: TasksViewOptions;
  readonly #owned = new Disposables();
  readonly #tree: TasksTree;
  readonly #view: vscode.TreeView<TreeNode>;
  #endProgress: (() => void) | undefined;

  constructor(options: TasksViewOptions) {
    const { runner, model, contextKeys, failures, wording } = options;
    this.#options = options;
    this.#tree = this.#owned.add(new TasksTree(model, { isShown: () => contextKeys.view === "tasks", wording }));
    this.#view = this.#owned.add(vscode.window.createTreeView(VIEW_ID, { treeDataProvider: this.#tree, showCollapseAll: true }));
    this.#owned.add(
      contextKeys.onDidChangeView(() => {
        this.#tree.refreshAll();
        this.#refresh();
      }),
    );
    this.#owned.add(vscode.commands.registerCommand(SHOW_MORE_COMMAND, (node: MoreNode) => this.#showMore(node)));
    this.#owned.add(model.onChange(() => this.#refresh()));
    this.#owned.add(runner.onDidChangeState(() => this.#refresh()));
    this.#owned.add(vscode.workspace.onDidGrantWorkspaceTrust(() => this.#refresh()));
    this.#owned.add(failures.onDidChange(() => this.#showBadge()));
    this.#refresh();
    this.#showBadge();
  }

  get selection(): TreeNode | undefined {
    return this.#view.selection[0];
  }

  get isVisible(): boolean {
    return this.#view.visible;
  }

  /** Reveals, selects and focuses a row. Does nothing if the row no longer exists. */
  async reveal(node: TreeNode): Promise<void> {
    const isListed = this.#tree.nodes.known(node) !== undefined;
    const found = this.#tree.nodes.find(node);
    if (!found) return;
    const parent = this.#tree.nodes.parent(found);
    if (!isListed && parent) this.#tree.refresh([parent]);
    await this.#view.reveal(found, { select: true, focus: true, expand: true });
  }

  dispose(): void {
    this.#endProgress?.();
    this.#owned.dispose();
  }

  #showMore(node: MoreNode): void {
    this.#tree.nodes.showMore(node);
    const parent = this.#tree.nodes.parent(node);
    if (parent) this.#tree.refresh([parent]);
  }

  #refresh(): void {
    const { runner, model, contextKeys, wording } = this.#options;
    // A message would hide the welcome content, which explains why there are no rows and has the buttons to continue.
    const hasRows = contextKeys.view === "tasks";
    const message = !hasRows
      ? ""
      : viewMessage({ runner: runner.state, folders: model.folders, isTrusted: vscode.workspace.isTrusted }, wording());
    if (this.#view.message !== message) this.#view.message = message;
    const description = viewDescription(model.folders, wording());
    if (this.#view.description !== description) this.#view.description = description;
    this.#showProgress(runner.state.kind === "running" && model.folders.some(({ state }) => state.tick !== null));
  }

  #showProgress(isTicking: boolean): void {
    if (isTicking === (this.#endProgress !== undefined)) return;
    if (!isTicking) {
      this.#endProgress?.();
      this.#endProgress = undefined;
      return;
    }
    const ended = new Promise<void>((resolve) => {
      this.#endProgress = resolve;
    });
    void vscode.window.withProgress({ location: { viewId: VIEW_ID } }, () => ended);
  }

  #showBadge(): void {
    const { counts } = this.#options.failures;
    const value = counts.failed + counts.willRetry;
    this.#view.badge = value === 0 ? undefined : { value, tooltip: badgeTooltip(counts, this.#options.wording()) };
  }
}
