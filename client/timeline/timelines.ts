import * as vscode from "vscode";
import type { Disposable } from "../disposables.ts";
import { readTaskData } from "../documents/task-data.ts";
import type { ModelChange, WorkspaceModel } from "../model/workspace-model.ts";
import type { Runner } from "../runner/runner.ts";
import { timelineOf } from "./timeline.ts";
import { type TimelineWords, timelinePage } from "./timeline-page.ts";

interface OpenTimeline {
  readonly panel: vscode.WebviewPanel;
  readonly folder: string;
  readonly task: string;
}

/** Milliseconds between two drawings of a task that changes all the time. */
const LEAST_INTERVAL = 500;

/** The timelines that are open, each in a panel of its own, drawn again when their task changes. */
export class Timelines implements Disposable {
  readonly #runner: Runner;
  readonly #listening: Disposable;
  readonly #open = new Map<string, OpenTimeline>();
  readonly #waiting = new Map<string, NodeJS.Timeout>();

  constructor(runner: Runner, model: WorkspaceModel) {
    this.#runner = runner;
    this.#listening = model.onChange((change) => this.#follow(change));
  }

  async show(folder: string, task: string, name: string): Promise<void> {
    const key = JSON.stringify([folder, task]);
    const known = this.#open.get(key);
    if (known) return known.panel.reveal();
    const title = vscode.l10n.t("Timeline: {0}", name);
    const panel = vscode.window.createWebviewPanel("backgroundTasks.timeline", title, vscode.ViewColumn.Active, {
      enableScripts: false,
      localResourceRoots: [],
    });
    this.#open.set(key, { panel, folder, task });
    panel.onDidDispose(() => this.#closed(key));
    await this.#draw(key);
  }

  dispose(): void {
    this.#listening.dispose();
    for (const { panel } of [...this.#open.values()]) panel.dispose();
  }

  async #draw(key: string): Promise<void> {
    const open = this.#open.get(key);
    if (!open) return;
    const subject = await readTaskData(this.#runner, open.folder, open.task);
    if (this.#open.has(key)) open.panel.webview.html = timelinePage(subject, timelineOf(subject), WORDS);
  }

  #follow(change: ModelChange): void {
    for (const [key, { folder, task }] of this.#open) {
      const isMeant =
        change.kind === "whole" || (change.folder.uri === folder && (change.changedTasks.includes(task) || change.historyChanged));
      if (isMeant && !this.#waiting.has(key))
        this.#waiting.set(
          key,
          setTimeout(() => this.#drawAgain(key), LEAST_INTERVAL),
        );
    }
  }

  #drawAgain(key: string): void {
    this.#waiting.delete(key);
    // What cannot be read any more stays as it was drawn last.
    void this.#draw(key).catch(() => {});
  }

  #closed(key: string): void {
    this.#open.delete(key);
    clearTimeout(this.#waiting.get(key));
    this.#waiting.delete(key);
  }
}

const WORDS: TimelineWords = {
  get nothing() {
    return vscode.l10n.t("Nothing of this task was executed yet.");
  },
  attempt: (number, startedAt, duration) => vscode.l10n.t("Attempt {0}: {1}, {2} at work", number, startedAt, duration),
  outcome: (outcome) => outcome,
};
