import * as vscode from "vscode";
import { type Disposable, Disposables } from "../disposables.ts";
import { countFailures, type FailureCounts } from "./failure-counts.ts";

/** The current failures, from the runner's diagnostics, which take history and dismissals into account. */
export class CurrentFailures implements Disposable {
  readonly #owned = new Disposables();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<FailureCounts>());
  readonly onDidChange = this.#changed.event;
  readonly #byFile = new Map<string, FailureCounts>();
  #counts: FailureCounts = { failed: 0, willRetry: 0 };

  constructor() {
    this.#owned.add(vscode.languages.onDidChangeDiagnostics(({ uris }) => this.#refresh(uris)));
    this.#refresh(vscode.languages.getDiagnostics().map(([uri]) => uri));
  }

  get counts(): FailureCounts {
    return this.#counts;
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #refresh(uris: readonly vscode.Uri[]): void {
    for (const uri of uris) {
      const counts = countFailures(vscode.languages.getDiagnostics(uri));
      if (counts.failed + counts.willRetry === 0) this.#byFile.delete(uri.toString());
      else this.#byFile.set(uri.toString(), counts);
    }
    const all = [...this.#byFile.values()];
    const failed = all.reduce((sum, counts) => sum + counts.failed, 0);
    const willRetry = all.reduce((sum, counts) => sum + counts.willRetry, 0);
    if (failed === this.#counts.failed && willRetry === this.#counts.willRetry) return;
    this.#counts = { failed, willRetry };
    this.#changed.fire(this.#counts);
  }
}
