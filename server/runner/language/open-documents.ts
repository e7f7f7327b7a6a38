import { type Connection, type Disposable, Emitter, TextDocuments } from "vscode-languageserver";
import { TextDocument, type TextDocumentContentChangeEvent } from "vscode-languageserver-textdocument";
import type { TextEdit } from "../../language/index.ts";
import { fileOf } from "../file-uri.ts";

/** An edit of a text as it was just before. */
export interface DocumentEdit {
  readonly file: string;
  readonly edit: TextEdit;
}

/** The files that the client's editors have opened, with their texts as they are there. */
export class OpenDocuments {
  readonly #edited = new Emitter<DocumentEdit>();
  readonly #documents = new TextDocuments({
    create: TextDocument.create,
    update: (document: TextDocument, changes: TextDocumentContentChangeEvent[], version: number) => {
      for (const change of changes) {
        this.#edited.fire({ file: fileOf(document.uri), edit: editOf(document, change) });
        TextDocument.update(document, [change], version);
      }
      return document;
    },
  });
  readonly #byFile = new Map<string, TextDocument>();

  constructor(connection: Connection) {
    // Before the first listener: what they are told of is in the map.
    this.#documents.onDidChangeContent(({ document }) => this.#byFile.set(fileOf(document.uri), document));
    this.#documents.onDidClose(({ document }) => this.#byFile.delete(fileOf(document.uri)));
    this.#documents.listen(connection);
  }

  /** Absolute paths. */
  get files(): readonly string[] {
    return [...this.#byFile.keys()];
  }

  get(file: string): TextDocument | undefined {
    return this.#byFile.get(file);
  }

  /** Opened ones too. */
  onDidChange(listener: (file: string, text: string) => void): Disposable {
    return this.#documents.onDidChangeContent(({ document }) => listener(fileOf(document.uri), document.getText()));
  }

  /** Each edit by itself, before `onDidChange` tells of all of them. */
  onDidEdit(listener: (edit: DocumentEdit) => void): Disposable {
    return this.#edited.event(listener);
  }

  onDidClose(listener: (file: string) => void): Disposable {
    return this.#documents.onDidClose(({ document }) => listener(fileOf(document.uri)));
  }

  onDidSave(listener: (file: string) => void): Disposable {
    return this.#documents.onDidSave(({ document }) => listener(fileOf(document.uri)));
  }
}

/** What really changes: some clients send more around it, or the whole text each time. */
function editOf(document: TextDocument, change: TextDocumentContentChangeEvent): TextEdit {
  const range = "range" in change ? change.range : undefined;
  const before = document.getText(range);
  const { text } = change;
  const shorter = Math.min(before.length, text.length);
  let prefix = 0;
  while (prefix < shorter && before[prefix] === text[prefix]) prefix++;
  let suffix = 0;
  while (suffix < shorter - prefix && before.at(-1 - suffix) === text.at(-1 - suffix)) suffix++;
  const start = (range ? document.offsetAt(range.start) : 0) + prefix;
  const end = start + before.length - prefix - suffix;
  return {
    range: { start: document.positionAt(start), end: document.positionAt(end) },
    newText: text.slice(prefix, text.length - suffix),
  };
}
