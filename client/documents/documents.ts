import * as vscode from "vscode";
import { type Disposable, Disposables } from "../disposables.ts";
import type { ModelChange, WorkspaceModel } from "../model/workspace-model.ts";
import type { Runner } from "../runner/runner.ts";
import { DOCUMENT_SCHEME, type DocumentSubject, documentUri, subjectOf } from "./document-uri.ts";
import { readHistoryEntry, readTaskData } from "./task-data.ts";

/** Milliseconds between two looks at a task that changes all the time. */
const LEAST_INTERVAL = 250;

/** Tasks and history entries as read-only JSON documents, which follow what they show while they are open. */
export class Documents implements vscode.TextDocumentContentProvider, Disposable {
  readonly #runner: Runner;
  readonly #owned = new Disposables();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<vscode.Uri>());
  readonly onDidChange = this.#changed.event;
  readonly #waiting = new Map<string, NodeJS.Timeout>();

  constructor(runner: Runner, model: WorkspaceModel) {
    this.#runner = runner;
    this.#owned.add(vscode.workspace.registerTextDocumentContentProvider(DOCUMENT_SCHEME, this));
    this.#owned.add(model.onChange((change) => this.#follow(change)));
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const subject = subjectOf(uri);
    try {
      return `${JSON.stringify(await this.#read(subject), null, 2)}\n`;
    } catch (error) {
      return `// ${(error instanceof Error ? error.message : String(error)).replaceAll("\n", "\n// ")}\n`;
    }
  }

  async show(subject: DocumentSubject, name: string): Promise<void> {
    const uri = documentUri(subject, name);
    // It may be open in a tab that nobody looks at, with what was true then.
    this.#changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(await vscode.languages.setTextDocumentLanguage(document, "jsonc"), { preview: true });
  }

  dispose(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#owned.dispose();
  }

  async #read({ kind, folder, task }: DocumentSubject): Promise<unknown> {
    if (kind === "task") return readTaskData(this.#runner, folder, task);
    const entry = await readHistoryEntry(this.#runner, folder, task);
    if (!entry) throw new Error(vscode.l10n.t("The history does not hold this task any more."));
    return entry;
  }

  #follow(change: ModelChange): void {
    for (const { uri } of vscode.workspace.textDocuments) {
      if (uri.scheme === DOCUMENT_SCHEME && concerns(change, subjectOf(uri))) this.#refreshSoon(uri);
    }
  }

  #refreshSoon(uri: vscode.Uri): void {
    const key = uri.toString();
    if (this.#waiting.has(key)) return;
    const refresh = () => {
      this.#waiting.delete(key);
      this.#changed.fire(uri);
    };
    this.#waiting.set(key, setTimeout(refresh, LEAST_INTERVAL));
  }
}

function concerns(change: ModelChange, { kind, folder, task }: DocumentSubject): boolean {
  if (change.kind === "whole") return true;
  if (kind === "history" || change.folder.uri !== folder) return false;
  return (
    change.changedTasks.includes(task) || change.touchedTasks?.includes(task) === true || change.regrouped.size > 0 || change.historyChanged
  );
}
