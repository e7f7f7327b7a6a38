import * as vscode from "vscode";
import type { ClassRenamedParams, RenameClassParams } from "../../server/protocol/runner-protocol.ts";
import { messageOf } from "../../server/words/message-of.ts";
import { type Disposable, Disposables } from "../disposables.ts";
import type { Runner } from "../runner/runner.ts";

/** Shows a message with buttons; resolves to the chosen one. */
export type Ask = (message: string, ...buttons: readonly string[]) => Thenable<string | undefined>;

/** Asks whether a renamed class takes over its stored tasks. They are never moved without consent. */
export class RenameOffers implements Disposable {
  readonly #runner: Runner;
  readonly #ask: Ask;
  readonly #owned = new Disposables();

  constructor(runner: Runner, ask: Ask = (message, ...buttons) => vscode.window.showInformationMessage(message, ...buttons)) {
    this.#runner = runner;
    this.#ask = ask;
    this.#owned.add(runner.onNotification("classRenamed", (renamed) => void this.#offer(renamed)));
  }

  dispose(): void {
    this.#owned.dispose();
  }

  async #offer({ folder, kind, from, to, tasks }: ClassRenamedParams): Promise<void> {
    const handOver = vscode.l10n.t("Reassign");
    const message = vscode.l10n.t(
      tasks === 1
        ? "{0} stored task uses class {1}, which no longer exists; {2} is new in the same file. Reassign the task to {2}?"
        : "{0} stored tasks use class {1}, which no longer exists; {2} is new in the same file. Reassign the tasks to {2}?",
      tasks,
      from,
      to,
    );
    if ((await this.#ask(message, handOver, vscode.l10n.t("Not Now"))) !== handOver) return;
    const params: RenameClassParams = { folder, kind, from, to };
    try {
      await this.#runner.request("renameClass", params);
    } catch (error) {
      void vscode.window.showErrorMessage(messageOf(error));
    }
  }
}
