import * as vscode from "vscode";
import type { EditParamsParams } from "../../server/protocol/runner-protocol.ts";
import { messageOf } from "../../server/words/message-of.ts";
import { type Disposable, Disposables } from "../disposables.ts";
import { concernsTask } from "../model/concerns-task.ts";
import type { ModelChange, WorkspaceModel } from "../model/workspace-model.ts";
import type { Runner } from "../runner/runner.ts";
import { Throttle } from "../timing/throttle.ts";
import { readJson } from "./json-text.ts";
import { ParamsFile } from "./params-file.ts";
import { ParamsProblems } from "./params-problems.ts";
import { PARAMS_SCHEME, type ParamsSubject, paramsSubjectOf, paramsUri } from "./params-uri.ts";
import { readParams } from "./stored-params.ts";

/** Milliseconds between two reads of actions whose params change continuously. */
const LEAST_INTERVAL = 250;

interface Opened {
  readonly uri: vscode.Uri;
  readonly file: ParamsFile;
}

/** The params of actions as documents to edit and save. The store follows the saved documents, and they follow the store. */
export class ParamsFiles implements vscode.FileSystemProvider, Disposable {
  readonly #runner: Runner;
  readonly #owned = new Disposables();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<vscode.FileChangeEvent[]>());
  readonly onDidChangeFile = this.#changed.event;
  readonly #problems = this.#owned.add(new ParamsProblems());
  readonly #opened = new Map<string, Opened>();
  readonly #concerned = new Set<string>();
  readonly #soon = this.#owned.add(new Throttle(() => void this.#lookAgain(), LEAST_INTERVAL));

  constructor(runner: Runner, model: WorkspaceModel) {
    this.#runner = runner;
    this.#owned.add(vscode.workspace.registerFileSystemProvider(PARAMS_SCHEME, this, { isCaseSensitive: true }));
    this.#owned.add(model.onChange((change) => this.#follow(change)));
    this.#owned.add(vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#forget(uri)));
  }

  async open(subject: ParamsSubject, taskName: string, actionName: string): Promise<vscode.TextEditor> {
    const document = await vscode.workspace.openTextDocument(paramsUri(subject, taskName, actionName));
    return vscode.window.showTextDocument(document, { preview: false });
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { changedAt, content, end } = await this.#look(uri);
    const permissions = end === undefined ? {} : { permissions: vscode.FilePermission.Readonly };
    return { type: vscode.FileType.File, ctime: 0, mtime: changedAt, size: content.byteLength, ...permissions };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return (await this.#look(uri)).content;
  }

  /** @throws an Error with the reason why they are not saved, which is also shown at its place in the text. */
  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    // As the editor knows them: a change since then is reported to the user, not ignored.
    const file = this.#opened.get(uri.toString())?.file ?? (await this.#look(uri));
    const text = new TextDecoder().decode(content);
    const json = readJson(text);
    if ("mistake" in json) throw this.#refusal(uri, text, vscode.l10n.t("Not valid JSON: {0}", json.mistake), json);
    const edit: EditParamsParams = { ...paramsSubjectOf(uri), params: json.value, before: file.params };
    try {
      await this.#runner.request("editParams", edit);
    } catch (error) {
      throw this.#refusal(uri, text, messageOf(error));
    }
    file.saved(json.value, content, Date.now());
    this.#problems.clear(uri);
  }

  watch(): Disposable {
    // All open documents are followed.
    return new Disposables();
  }

  readDirectory(): [] {
    return [];
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #refusal(uri: vscode.Uri, text: string, message: string, place?: { readonly offset: number; readonly length: number }): Error {
    this.#problems.refused(uri, message, text, place);
    return vscode.FileSystemError.Unavailable(message);
  }

  /** Returns the current file. @throws vscode.FileSystemError with the reason if there is none */
  async #look(uri: vscode.Uri): Promise<ParamsFile> {
    const subject = paramsSubjectOf(uri);
    const key = uri.toString();
    const stored = await readParams(this.#runner, subject, vscode.l10n.t).catch((error: Error) => ({ unknown: error.message }));
    const now = Date.now();
    const known = this.#opened.get(key)?.file;
    if (!("params" in stored)) {
      if (!known) throw vscode.FileSystemError.Unavailable("gone" in stored ? stored.gone : stored.unknown);
      if ("gone" in stored) this.#setEnd(uri, known, stored.gone);
      return known;
    }
    const file = known ?? new ParamsFile(stored.params, now);
    this.#opened.set(key, { uri, file });
    // The document already shows the last params of an ended action.
    if (stored.end === undefined) file.stored(stored.params, now);
    this.#setEnd(uri, file, stored.end);
    return file;
  }

  #setEnd(uri: vscode.Uri, file: ParamsFile, end: string | undefined): void {
    if (!file.ended(end)) return;
    if (end === undefined) this.#problems.clear(uri);
    else this.#problems.ended(uri, end);
  }

  #follow(change: ModelChange): void {
    for (const [key, { uri }] of this.#opened) if (concernsTask(change, paramsSubjectOf(uri))) this.#concerned.add(key);
    if (this.#concerned.size > 0) this.#soon.soon();
  }

  async #lookAgain(): Promise<void> {
    const concerned = [...this.#concerned].flatMap((key) => this.#opened.get(key) ?? []);
    this.#concerned.clear();
    for (const { uri, file } of concerned) {
      const before = { changedAt: file.changedAt, end: file.end };
      // A document whose action cannot be read stays as it is.
      await this.#look(uri).catch(() => {});
      // The document may have been closed meanwhile.
      if (!isOpen(uri)) this.#forget(uri);
      else if (file.changedAt !== before.changedAt || file.end !== before.end)
        this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
    }
  }

  #forget(uri: vscode.Uri): void {
    if (uri.scheme !== PARAMS_SCHEME) return;
    this.#opened.delete(uri.toString());
    this.#problems.clear(uri);
  }
}

function isOpen(uri: vscode.Uri): boolean {
  return vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri.toString());
}
