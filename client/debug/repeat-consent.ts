import * as vscode from "vscode";

const KEY = "backgroundTasks.debugsFailuresUnasked";

/** Asks for consent to repeat the effects of an action, until the user chooses not to be asked again. */
export class RepeatConsent {
  readonly #memory: vscode.Memento;

  /** @param memory shared by all workspaces, because the consent is the same in each. */
  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  async ask(): Promise<boolean> {
    if (this.#memory.get(KEY) === true) return true;
    const once = vscode.l10n.t("Debug");
    const always = vscode.l10n.t("Debug and Don't Ask Again");
    const message = vscode.l10n.t("Debugging this failure executes the action again. Continue?");
    const detail = vscode.l10n.t(
      "The failed attempt is repeated with the params it had. Any files, services or databases it changes are changed again; the stored task, its history and its schedule stay the same.",
    );
    const chosen = await vscode.window.showWarningMessage(message, { modal: true, detail }, once, always);
    if (chosen === always) await this.#memory.update(KEY, true);
    return chosen !== undefined;
  }
}
