import * as vscode from "vscode";
import type { Wording } from "../../server/words/wording.ts";
import { type Disposable, Disposables } from "../disposables.ts";
import type { CurrentFailures } from "../failures/current-failures.ts";
import type { ModelChange, WorkspaceModel } from "../model/workspace-model.ts";
import type { Runner } from "../runner/runner.ts";
import { Throttle } from "../timing/throttle.ts";
import { type StatusSection, statusSections } from "./status-facts.ts";
import { statusText } from "./status-text.ts";

export interface StatusBarOptions {
  readonly runner: Runner;
  readonly model: WorkspaceModel;
  readonly failures: CurrentFailures;
  readonly wording: () => Wording;
}

/** Milliseconds; a text that changes faster cannot be read. */
const LEAST_INTERVAL = 100;

const BACKGROUNDS = { error: "statusBarItem.errorBackground", warning: "statusBarItem.warningBackground" };

/** One item with the overall state; a click shows the tasks view. */
export class StatusBar implements Disposable {
  readonly #options: StatusBarOptions;
  readonly #owned = new Disposables();
  readonly #item = this.#owned.add(vscode.window.createStatusBarItem("backgroundTasks.status", vscode.StatusBarAlignment.Left, 10));
  readonly #soon = this.#owned.add(new Throttle(() => this.#show(), LEAST_INTERVAL));
  readonly #ticking = new Set<string>();
  readonly #lastTickEnd = new Map<string, string>();

  constructor(options: StatusBarOptions) {
    const { runner, model, failures } = options;
    this.#options = options;
    this.#item.name = vscode.l10n.t("Background Tasks");
    this.#item.command = "backgroundTasks.tasks.focus";
    this.#owned.add(model.onChange((change) => this.#modelChanged(change)));
    this.#owned.add(runner.onDidChangeState(() => this.#soon.soon()));
    this.#owned.add(failures.onDidChange(() => this.#soon.soon()));
    this.#show();
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #modelChanged(change: ModelChange): void {
    if (change.kind === "folder" && change.keys.has("tick")) {
      const { uri, state } = change.folder;
      if (state.tick) this.#ticking.add(uri);
      else if (this.#ticking.delete(uri)) this.#lastTickEnd.set(uri, new Date().toISOString());
    }
    this.#soon.soon();
  }

  #show(): void {
    const { runner, model, failures, wording } = this.#options;
    const status = statusText({ runner: runner.state, folders: model.folders, failures: failures.counts }, wording());
    if (!status) {
      this.#item.hide();
      return;
    }
    this.#item.text = status.text;
    this.#item.accessibilityInformation = { label: status.spoken, role: "button" };
    this.#item.backgroundColor = status.alarm && new vscode.ThemeColor(BACKGROUNDS[status.alarm]);
    const situation = { runner: runner.state, folders: model.folders, lastTickEnd: this.#lastTickEnd };
    this.#item.tooltip = tooltipOf(statusSections(situation, wording()));
    this.#item.show();
  }
}

function tooltipOf(sections: readonly StatusSection[]): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString();
  tooltip.isTrusted = { enabledCommands: ["backgroundTasks.selectNode"] };
  for (const { heading, lines, offersNode } of sections) {
    tooltip.appendMarkdown("**").appendText(heading).appendMarkdown("**\n\n");
    for (const line of lines) tooltip.appendText(line).appendMarkdown("\n\n");
    if (offersNode)
      tooltip.appendMarkdown("[").appendText(vscode.l10n.t("Select Node…")).appendMarkdown("](command:backgroundTasks.selectNode)\n\n");
  }
  return tooltip;
}
