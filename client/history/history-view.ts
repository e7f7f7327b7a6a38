import * as vscode from "vscode";
import { messageOf } from "../../server/words/message-of.ts";
import type { Wording } from "../../server/words/wording.ts";
import { type Disposable, Disposables } from "../disposables.ts";
import type { ModelChange, WorkspaceModel } from "../model/workspace-model.ts";
import type { Runner } from "../runner/runner.ts";
import { Throttle } from "../timing/throttle.ts";
import { type FolderEntries, listEntries } from "./history-list.ts";
import type { HistoryNode } from "./history-node.ts";
import { HistoryTree, LOAD_MORE_COMMAND } from "./history-tree.ts";

/** Number of entries shown at first, and added each time the user asks for more. */
const PAGE = 200;
/** Minimum milliseconds between two reads: while a tick ends many small tasks, the history changes continuously. */
const LEAST_INTERVAL = 300;

export interface HistoryViewOptions {
  readonly runner: Runner;
  readonly model: WorkspaceModel;
  readonly log: vscode.LogOutputChannel;
  readonly wording: () => Wording;
}

/** The tasks that have ended, newest first. Reads them only while the view is visible. */
export class HistoryView implements Disposable {
  readonly #options: HistoryViewOptions;
  readonly #owned = new Disposables();
  readonly #tree: HistoryTree;
  readonly #view: vscode.TreeView<HistoryNode>;
  readonly #soon = this.#owned.add(new Throttle(() => void this.#read(), LEAST_INTERVAL));
  #limit = PAGE;
  #isStale = true;
  #isReading = false;

  constructor(options: HistoryViewOptions) {
    this.#options = options;
    this.#tree = this.#owned.add(new HistoryTree(options.wording));
    this.#view = this.#owned.add(
      vscode.window.createTreeView("backgroundTasks.history", { treeDataProvider: this.#tree, showCollapseAll: true }),
    );
    this.#owned.add(this.#view.onDidChangeVisibility(() => void this.#read()));
    this.#owned.add(options.model.onChange((change) => this.#modelChanged(change)));
    this.#owned.add(
      vscode.commands.registerCommand(LOAD_MORE_COMMAND, () => {
        this.#limit += PAGE;
        this.#isStale = true;
        return this.#read();
      }),
    );
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #modelChanged(change: ModelChange): void {
    if (change.kind === "folder" && !change.historyChanged) return;
    this.#isStale = true;
    this.#soon.soon();
  }

  async #read(): Promise<void> {
    if (!this.#isStale || this.#isReading || !this.#view.visible) return;
    this.#isStale = false;
    this.#isReading = true;
    try {
      const { model } = this.#options;
      const folders = await Promise.all(model.folders.map(({ uri, state }) => this.#entriesOf(uri, state.name)));
      this.#tree.show({ ...listEntries(folders, this.#limit), isOfMany: folders.length > 1 });
      this.#view.message = "";
    } catch (error) {
      const reason = messageOf(error);
      this.#options.log.warn(`Could not read the history: ${reason}`);
      this.#view.message = vscode.l10n.t("Could not read the history: {0}", reason);
    } finally {
      this.#isReading = false;
      // It may have changed during the read.
      if (this.#isStale) this.#soon.soon();
    }
  }

  async #entriesOf(folder: string, name: string): Promise<FolderEntries> {
    // One more than is shown, to see whether there are more.
    const params = { folder, limit: this.#limit + 1 };
    const { entries } = await this.#options.runner.request("history", params);
    return { folder, name, entries };
  }
}
