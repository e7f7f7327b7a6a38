import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import fc from "fast-check";
import { createConnection, type Diagnostic } from "vscode-languageserver/node";
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver-protocol/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { OpenDocuments } from "../../server/runner/documents/open-documents.ts";
import { fileOf } from "../../server/runner/file-uri.ts";
import type { FolderFacts } from "../../server/runner/model/folder-facts.ts";
import { failuresAt } from "../../server/runner/problems/failures-at.ts";
import { Places } from "../../server/runner/problems/places.ts";
import { ProblemBoard } from "../../server/runner/problems/problem-board.ts";
import { assertProperty } from "../support/thoroughness.ts";

const URI = "file:///scales.ts";
const FILE = fileOf(URI);
const FAILED = "throw failed;";

/** An editor on the places and the board of a runner, with one failure in the file. */
class Editor {
  readonly #client;
  readonly #server;
  readonly #places: Places;
  readonly board: ProblemBoard;
  readonly failures: FolderFacts["failures"];
  #document: TextDocument;
  #saved: string;
  published: readonly Diagnostic[] = [];

  constructor(saved: string) {
    const [up, down] = [new PassThrough(), new PassThrough()];
    this.#server = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
    this.#client = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
    this.#places = new Places(new OpenDocuments(this.#server));
    this.board = new ProblemBoard(this.#places, (_uri, diagnostics) => {
      this.published = diagnostics;
    });
    this.#server.onRequest("test/read", () => null);
    this.#server.listen();
    this.#client.listen();
    this.#saved = saved;
    this.#document = TextDocument.create(URI, "typescript", 1, saved);
    const range = {
      start: this.#document.positionAt(saved.indexOf(FAILED)),
      end: this.#document.positionAt(saved.indexOf(FAILED) + FAILED.length),
    };
    const failure = { task: "1", action: "a1", taskClass: "Weighing", class: "Weigh", willRetry: true, mark: "" };
    const error = { name: "Error", message: "failed", stack: "", kind: "thrown" } as const;
    this.failures = [{ failure: { ...failure, error }, place: this.#places.found(FILE, range, saved), diagnostic: { message: "failed" } }];
  }

  get text(): string {
    return this.#document.getText();
  }

  get saved(): string {
    return this.#saved;
  }

  async open(): Promise<void> {
    await this.#send("textDocument/didOpen", { textDocument: { uri: URI, languageId: "typescript", version: 1, text: this.text } });
  }

  async replace(start: number, end: number, text: string): Promise<void> {
    const changes = [{ range: { start: this.#document.positionAt(start), end: this.#document.positionAt(end) }, text }];
    const version = this.#document.version + 1;
    this.#document = TextDocument.update(this.#document, changes, version);
    await this.#send("textDocument/didChange", { textDocument: { uri: URI, version }, contentChanges: changes });
  }

  async save(): Promise<void> {
    this.#saved = this.text;
    await this.#send("textDocument/didSave", { textDocument: { uri: URI } });
  }

  async close(): Promise<void> {
    await this.#send("textDocument/didClose", { textDocument: { uri: URI } });
    this.#document = TextDocument.create(URI, "typescript", 1, this.#saved);
  }

  /** What stands where the failure is shown. */
  get shownText(): string {
    const [shown] = this.published;
    assert.ok(shown);
    return this.#document.getText(shown.range);
  }

  dispose(): void {
    this.#client.dispose();
    this.#server.dispose();
  }

  async #send(method: string, params: object): Promise<void> {
    await this.#client.sendNotification(method, params);
    await this.#client.sendRequest("test/read");
    this.board.set("folder", this.failures);
  }
}

const part = fc.constantFrom("a", "throw failed;", "throw", "\n", "  ", "}\n", "é");
const text = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(""));
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("replace" as const), at: fc.nat(), length: fc.nat(12), text }) },
  { weight: 2, arbitrary: fc.constant({ kind: "undo" as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: "save" as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: "reopen" as const }) },
);

describe("The place of a problem, whatever is edited,", () => {
  it("is the same for what is shown, for hovers and for code actions, and stays with its text", async () => {
    await assertProperty(
      fc.asyncProperty(text, text, fc.array(step, { minLength: 1, maxLength: 8 }), async (before, after, steps) => {
        const editor = new Editor(`${before.replaceAll(FAILED, "")}${FAILED}${after}`);
        /** Whether what failed still stands there: now, and in the file that is saved. */
        let [isThere, isSaved] = [true, true];
        try {
          await editor.open();
          for (const one of steps) {
            switch (one.kind) {
              case "replace": {
                const start = one.at % (editor.text.length + 1);
                const end = Math.min(editor.text.length, start + one.length);
                if (isThere) isThere = isOutside(start, end);
                await editor.replace(start, end, one.text);
                break;
              }
              case "undo":
                await editor.replace(0, editor.text.length, editor.saved);
                isThere = isSaved;
                break;
              case "save":
                await editor.save();
                isSaved = isThere;
                break;
              case "reopen":
                await editor.close();
                isThere = isSaved;
                await editor.open();
            }
            assertOne();
          }
        } finally {
          editor.dispose();
        }

        function isOutside(start: number, end: number): boolean {
          const [failure] = editor.failures;
          const document = TextDocument.create(URI, "typescript", 1, editor.text);
          const range = failure?.place.range;
          assert.ok(range);
          return end <= document.offsetAt(range.start) || start >= document.offsetAt(range.end);
        }

        function assertOne(): void {
          const [failure] = editor.failures;
          assert.ok(failure);
          const { range } = failure.place;
          assert.deepEqual(editor.published, [{ message: "failed", range }]);
          const lines = editor.text.split("\n");
          const facts = { failures: editor.failures } as FolderFacts;
          const hits = lines.map((_, line) => {
            const position = { line, character: 0 };
            return failuresAt({ file: FILE, range: { start: position, end: position } }, [facts]).length > 0;
          });
          const told = lines.map((_, line) => range.start.line <= line && line <= range.end.line);
          assert.deepEqual(hits, told);
          if (isThere) assert.equal(editor.shownText, FAILED);
        }
      }),
      1_000,
    );
  });
});
