import * as vscode from "vscode";
import type { Disposable } from "../disposables.ts";

/** Shows the problems of edited params at their place in the text. */
export class ParamsProblems implements Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection("background-tasks-params");

  /** Shows why the params were not saved. Without a place, marks the whole text. */
  refused(uri: vscode.Uri, message: string, text: string, place?: { readonly offset: number; readonly length: number }): void {
    const start = place?.offset ?? text.length - text.trimStart().length;
    const end = place ? start + place.length : text.trimEnd().length;
    this.#show(uri, message, new vscode.Range(positionAt(text, start), positionAt(text, end)), vscode.DiagnosticSeverity.Error);
  }

  /** Shows that the params are no longer used. */
  ended(uri: vscode.Uri, message: string): void {
    this.#show(uri, message, new vscode.Range(0, 0, 0, Number.MAX_SAFE_INTEGER), vscode.DiagnosticSeverity.Warning);
  }

  clear(uri: vscode.Uri): void {
    this.#collection.delete(uri);
  }

  dispose(): void {
    this.#collection.dispose();
  }

  #show(uri: vscode.Uri, message: string, range: vscode.Range, severity: vscode.DiagnosticSeverity): void {
    const diagnostic = new vscode.Diagnostic(range, message, severity);
    diagnostic.source = "background-tasks";
    this.#collection.set(uri, [diagnostic]);
  }
}

function positionAt(text: string, offset: number): vscode.Position {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return new vscode.Position(before.length - 1, before.at(-1)?.length ?? 0);
}
