import * as vscode from "vscode";
import { messageOf } from "../../server/words/message-of.ts";
import { type Disposable, Disposables } from "../disposables.ts";
import { concernsTask } from "../model/concerns-task.ts";
import type { ModelChange, WorkspaceModel } from "../model/workspace-model.ts";
import type { Runner } from "../runner/runner.ts";
import { Throttle } from "../timing/throttle.ts";
import { DOCUMENT_SCHEME, type DocumentSubject, documentUri, subjectOf } from "./document-uri.ts";
import { readHistoryEntry, readTaskData } from "./task-data.ts";

/** Minimum milliseconds between two reads of a task that changes continuously. */
const LEAST_INTERVAL = 250;

/** Tasks and history entries as read-only JSON documents, which are updated while they are open. */
export class Documents implements vscode.TextDocumentContentProvider, Disposable {
  readonly #runner: Runner;
  readonly #owned = new Disposables();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<vscode.Uri>());
  readonly onDidChange = this.#changed.event;
  readonly #concerned = new Map<string, vscode.Uri>();
  readonly #soon = this.#owned.add(new Throttle(() => this.#refresh(), LEAST_INTERVAL));

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
      return `// ${messageOf(error).replaceAll("\n", "\n// ")}\n`;
    }
  }

  async show(subject: DocumentSubject, name: string): Promise<void> {
    const uri = documentUri(subject, name);
    // It may be open in a hidden tab, with older content.
    this.#changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(await vscode.languages.setTextDocumentLanguage(document, "jsonc"), { preview: true });
  }

  dispose(): void {
    this.#owned.dispose();
  }

  async #read({ kind, folder, task }: DocumentSubject): Promise<unknown> {
    if (kind === "task") return readTaskData(this.#runner, folder, task);
    const entry = await readHistoryEntry(this.#runner, folder, task);
    if (!entry) throw new Error(vscode.l10n.t("This task is no longer in the history."));
    return entry;
  }

  #follow(change: ModelChange): void {
    for (const { uri } of vscode.workspace.textDocuments) {
      if (uri.scheme === DOCUMENT_SCHEME && concerns(change, subjectOf(uri))) this.#concerned.set(uri.toString(), uri);
    }
    if (this.#concerned.size > 0) this.#soon.soon();
  }

  #refresh(): void {
    const concerned = [...this.#concerned.values()];
    this.#concerned.clear();
    for (const uri of concerned) this.#changed.fire(uri);
  }
}

/** A history entry never changes; it can only appear or disappear. */
function concerns(change: ModelChange, subject: DocumentSubject): boolean {
  return change.kind === "whole" || (subject.kind === "task" && concernsTask(change, subject));
}
