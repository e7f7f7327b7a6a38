import * as vscode from "vscode";
import { until } from "./until.ts";

/** What the extension says of a file, apart from what others say. */
export function ourDiagnostics(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === "background-tasks");
}

/** Waits until the extension's diagnostics of a file are as the test says; resolves to them. */
export function untilDiagnostics(
  uri: vscode.Uri,
  what: string,
  areAsExpected: (diagnostics: readonly vscode.Diagnostic[]) => boolean,
): Promise<readonly vscode.Diagnostic[]> {
  const current = () => ourDiagnostics(uri);
  return until(vscode.languages.onDidChangeDiagnostics, () => areAsExpected(current()) && current(), {
    what: `${what} in ${uri.path}`,
    actual: current,
  });
}

/** Remembers every state that the diagnostics of a file go through, for tests of what must never be seen. */
export class DiagnosticsRecorder implements vscode.Disposable {
  /** The messages of each state, oldest first. */
  readonly states: (readonly string[])[] = [];
  readonly #subscription: vscode.Disposable;

  constructor(uri: vscode.Uri) {
    this.#subscription = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      if (uris.some((changed) => changed.toString() === uri.toString()))
        this.states.push(ourDiagnostics(uri).map(({ message }) => message));
    });
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}
