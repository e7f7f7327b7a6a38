import { type Connection, type Disposable, Emitter, TextDocuments } from "vscode-languageserver";
import { TextDocument, type TextDocumentContentChangeEvent } from "vscode-languageserver-textdocument";
import type { TextEdit } from "../../language/index.ts";
import { fileOf } from "../file-uri.ts";
import { differenceTo } from "./difference.ts";

/** An edit of the preceding version of a text. */
export interface DocumentEdit {
  readonly file: string;
  readonly edit: TextEdit;
}

/** The files open in the client's editors, with their current texts. */
export class OpenDocuments {
  readonly #edited = new Emitter<DocumentEdit>();
  readonly #documents = new TextDocuments({
    create: TextDocument.create,
    update: (document: TextDocument, changes: TextDocumentContentChangeEvent[], version: number) => {
      for (const change of changes) {
        // Some clients send more around an edit than it changes, or the whole text each time.
        const edit = differenceTo(document, change.text, "range" in change ? change.range : undefined);
        this.#edited.fire({ file: fileOf(document.uri), edit });
        TextDocument.update(document, [change], version);
      }
      return document;
    },
  });
  readonly #byFile = new Map<string, TextDocument>();

  constructor(connection: Connection) {
    // Registered before the first listener: the map already contains what listeners are notified of.
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

  onDidOpen(listener: (file: string, text: string) => void): Disposable {
    return this.#documents.onDidOpen(({ document }) => listener(fileOf(document.uri), document.getText()));
  }

  /** Called when a file is opened, too. */
  onDidChange(listener: (file: string, text: string) => void): Disposable {
    return this.#documents.onDidChangeContent(({ document }) => listener(fileOf(document.uri), document.getText()));
  }

  /** Called for each single edit, before `onDidChange` is called for all of them. */
  onDidEdit(listener: (edit: DocumentEdit) => void): Disposable {
    return this.#edited.event(listener);
  }

  onDidClose(listener: (file: string) => void): Disposable {
    return this.#documents.onDidClose(({ document }) => listener(fileOf(document.uri)));
  }

  onDidSave(listener: (file: string, text: string) => void): Disposable {
    return this.#documents.onDidSave(({ document }) => listener(fileOf(document.uri), document.getText()));
  }
}
