import * as vscode from "vscode";
import { type Disposable, Disposables } from "../disposables.ts";
import { failureNotes } from "./failure-note.ts";

/** Shows the failure at the end of each failing line. The details are in the diagnostic, which the editor shows on hover. */
export class FailureNotes implements Disposable {
  readonly #owned = new Disposables();
  readonly #types = {
    error: this.#owned.add(decorationType("editorError.foreground")),
    warning: this.#owned.add(decorationType("editorWarning.foreground")),
  };
  /** Editors with notes; others need no update. */
  readonly #noted = new WeakSet<vscode.TextEditor>();

  constructor() {
    this.#owned.add(vscode.window.onDidChangeVisibleTextEditors((editors) => this.#show(editors)));
    this.#owned.add(
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        const changed = new Set(uris.map(String));
        this.#show(vscode.window.visibleTextEditors.filter(({ document }) => changed.has(document.uri.toString())));
      }),
    );
    this.#show(vscode.window.visibleTextEditors);
  }

  /** Notes disappear with their decoration types. */
  dispose(): void {
    this.#owned.dispose();
  }

  #show(editors: readonly vscode.TextEditor[]): void {
    for (const editor of editors) {
      const notes = failureNotes(vscode.languages.getDiagnostics(editor.document.uri), vscode.l10n.t);
      if (notes.length === 0 && !this.#noted.has(editor)) continue;
      this.#noted.add(editor);
      for (const severity of ["error", "warning"] as const) {
        const ofSeverity = notes.filter((note) => note.severity === severity && note.line < editor.document.lineCount);
        editor.setDecorations(
          this.#types[severity],
          ofSeverity.map(({ line, text }) => ({
            range: endOfLine(editor.document, line),
            renderOptions: { after: { contentText: text } },
          })),
        );
      }
    }
  }
}

function decorationType(color: string): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    after: { color: new vscode.ThemeColor(color), fontStyle: "italic", margin: "0 0 0 3ch" },
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedOpen,
  });
}

function endOfLine(document: vscode.TextDocument, line: number): vscode.Range {
  const { end } = document.lineAt(line).range;
  return new vscode.Range(end, end);
}
