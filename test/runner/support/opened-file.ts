import type { CancellationToken, ProtocolConnection } from "vscode-languageserver-protocol/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { uriOf } from "./file-uri.ts";

/** A file in the editor of a client that sends only what is changed of its text. */
export class OpenedFile {
  readonly uri: string;
  readonly #connection: ProtocolConnection;
  #document: TextDocument;

  constructor(connection: ProtocolConnection, file: string, text: string) {
    this.uri = uriOf(file);
    this.#connection = connection;
    this.#document = TextDocument.create(this.uri, "typescript", 1, text);
  }

  get text(): string {
    return this.#document.getText();
  }

  async open(): Promise<void> {
    const { uri, languageId, version } = this.#document;
    await this.#connection.sendNotification("textDocument/didOpen", { textDocument: { uri, languageId, version, text: this.text } });
  }

  /** Replaces the first place where `before` stands. */
  async replace(before: string, after: string): Promise<void> {
    const offset = this.text.indexOf(before);
    if (offset < 0) throw new Error(`The file does not contain ${before}: ${this.text}`);
    const range = { start: this.#document.positionAt(offset), end: this.#document.positionAt(offset + before.length) };
    const changes = [{ range, text: after }];
    const version = this.#document.version + 1;
    this.#document = TextDocument.update(this.#document, changes, version);
    await this.#connection.sendNotification("textDocument/didChange", {
      textDocument: { uri: this.uri, version },
      contentChanges: changes,
    });
  }

  async close(): Promise<void> {
    await this.#connection.sendNotification("textDocument/didClose", { textDocument: { uri: this.uri } });
  }

  request<Result>(method: string, params: object = {}, token?: CancellationToken): Promise<Result> {
    const all = { textDocument: { uri: this.uri }, ...params };
    // An argument that is there and `undefined` would be sent as a param.
    return token ? this.#connection.sendRequest(method, all, token) : this.#connection.sendRequest(method, all);
  }

  /** The position of the first character of `part`, or so many after that. */
  position(part: string, after = 0): { readonly line: number; readonly character: number } {
    const offset = this.text.indexOf(part);
    if (offset < 0) throw new Error(`The file does not contain ${part}: ${this.text}`);
    return this.#document.positionAt(offset + after);
  }
}
