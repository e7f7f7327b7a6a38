import * as vscode from "vscode";
import { type Disposable, Disposables } from "../disposables.ts";
import type { FolderModel } from "../model/folder-model.ts";
import type { WorkspaceModel } from "../model/workspace-model.ts";
import type { Runner } from "../runner/runner.ts";
import { type ShownView, shownView } from "./shown-view.ts";

/** Sets the context keys of the conditions in package.json: `backgroundTasks.view` and `backgroundTasks.ownTick`. */
export class ContextKeys implements Disposable {
  readonly #runner: Runner;
  readonly #model: WorkspaceModel;
  readonly #owned = new Disposables();
  readonly #viewChanged = this.#owned.add(new vscode.EventEmitter<ShownView>());
  readonly onDidChangeView = this.#viewChanged.event;
  readonly #set = new Map<string, unknown>();
  #view: ShownView = "starting";

  constructor(runner: Runner, model: WorkspaceModel) {
    this.#runner = runner;
    this.#model = model;
    this.#owned.add(model.onChange(() => this.#refresh()));
    this.#owned.add(runner.onDidChangeState(() => this.#refresh()));
    this.#owned.add(vscode.workspace.onDidGrantWorkspaceTrust(() => this.#refresh()));
    this.#refresh();
  }

  get view(): ShownView {
    return this.#view;
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #refresh(): void {
    const view = shownView(this.#runner.state, this.#model.folders, vscode.workspace.isTrusted);
    this.#tell("backgroundTasks.view", view);
    this.#tell("backgroundTasks.ownTick", this.#model.folders.some(isOwnTick));
    if (view === this.#view) return;
    this.#view = view;
    this.#viewChanged.fire(view);
  }

  #tell(key: string, value: unknown): void {
    if (this.#set.get(key) === value) return;
    this.#set.set(key, value);
    void vscode.commands.executeCommand("setContext", key, value);
  }
}

/** True while this window's runner executes the folder's tick. */
function isOwnTick({ state }: FolderModel): boolean {
  return state.tick !== null && state.tick.startedBy !== "elsewhere";
}
