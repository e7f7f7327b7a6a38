import { type Connection, type Disposable, TextDocuments } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { URI } from "vscode-uri";

/** The files that the client's editors have opened, with their texts as they are there. */
export class OpenDocuments {
  readonly #documents = new TextDocuments(TextDocument);
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

  onDidClose(listener: (file: string) => void): Disposable {
    return this.#documents.onDidClose(({ document }) => listener(fileOf(document.uri)));
  }

  onDidSave(listener: (file: string) => void): Disposable {
    return this.#documents.onDidSave(({ document }) => listener(fileOf(document.uri)));
  }
}

export function fileOf(uri: string): string {
  return URI.parse(uri).fsPath;
}
