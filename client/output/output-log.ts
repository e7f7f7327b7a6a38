import type * as vscode from "vscode";
import { type Disposable, Disposables } from "../disposables.ts";
import type { Runner } from "../runner/runner.ts";
import { outputEntry } from "./output-entry.ts";

/** Writes the runner's log and the output of user code to the output channel. Does not own the channel. */
export class OutputLog implements Disposable {
  readonly #owned = new Disposables();

  constructor({ runner, log }: { readonly runner: Runner; readonly log: vscode.LogOutputChannel }) {
    this.#owned.add(
      runner.onDidOutput((output) => {
        const entry = outputEntry(output);
        if (entry) log[entry.level](entry.text);
      }),
    );
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
