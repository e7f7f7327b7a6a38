import * as vscode from "vscode";
import { visibleText } from "../../server/words/visible-text.ts";
import type { Wording } from "../../server/words/wording.ts";
import type { Disposable } from "../disposables.ts";
import { readTaskData } from "../documents/task-data.ts";
import { concernsTask } from "../model/concerns-task.ts";
import type { ModelChange, WorkspaceModel } from "../model/workspace-model.ts";
import type { Runner } from "../runner/runner.ts";
import { Throttle } from "../timing/throttle.ts";
import { timelineOf } from "./timeline.ts";
import { timelinePage } from "./timeline-page.ts";

interface OpenTimeline {
  readonly panel: vscode.WebviewPanel;
  readonly folder: string;
  readonly task: string;
}

/** Minimum milliseconds between two updates for a task that changes continuously. */
const LEAST_INTERVAL = 500;

/** The open timelines, each in its own panel, updated when their task changes. */
export class Timelines implements Disposable {
  readonly #runner: Runner;
  readonly #wording: () => Wording;
  readonly #listening: Disposable;
  readonly #open = new Map<string, OpenTimeline>();
  readonly #concerned = new Set<string>();
  readonly #soon = new Throttle(() => this.#drawAgain(), LEAST_INTERVAL);

  constructor(runner: Runner, model: WorkspaceModel, wording: () => Wording) {
    this.#runner = runner;
    this.#wording = wording;
    this.#listening = model.onChange((change) => this.#follow(change));
  }

  async show(folder: string, task: string, name: string): Promise<void> {
    const key = JSON.stringify([folder, task]);
    const known = this.#open.get(key);
    if (known) return known.panel.reveal();
    const title = vscode.l10n.t("Timeline: {0}", name);
    const panel = vscode.window.createWebviewPanel("backgroundTasks.timeline", visibleText(title), vscode.ViewColumn.Active, {
      enableScripts: false,
      localResourceRoots: [],
    });
    this.#open.set(key, { panel, folder, task });
    panel.onDidDispose(() => this.#open.delete(key));
    await this.#draw(key);
  }

  dispose(): void {
    this.#listening.dispose();
    this.#soon.dispose();
    for (const { panel } of [...this.#open.values()]) panel.dispose();
  }

  async #draw(key: string): Promise<void> {
    const open = this.#open.get(key);
    if (!open) return;
    const subject = await readTaskData(this.#runner, open.folder, open.task);
    if (this.#open.has(key)) open.panel.webview.html = timelinePage(subject, timelineOf(subject), this.#wording());
  }

  #follow(change: ModelChange): void {
    for (const [key, open] of this.#open) if (concernsTask(change, open)) this.#concerned.add(key);
    if (this.#concerned.size > 0) this.#soon.soon();
  }

  #drawAgain(): void {
    const concerned = [...this.#concerned];
    this.#concerned.clear();
    // A timeline that can no longer be read keeps its last state.
    for (const key of concerned) void this.#draw(key).catch(() => {});
  }
}
