import * as vscode from "vscode";

const KEY = "backgroundTasks.debugsFailuresUnasked";

/** Whether a person wants what an action does to be done again; asked until they say that they know. */
export class RepeatConsent {
  readonly #memory: vscode.Memento;

  /** @param memory of all workspaces: what is to be known is the same in each. */
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
