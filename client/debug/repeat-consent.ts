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
    const always = vscode.l10n.t("Debug and Do Not Ask Again");
    const message = vscode.l10n.t("What the action does is done again. Debug it?");
    const detail = vscode.l10n.t(
      "The failed attempt is made again with the params it had. Files, services and databases that it changes are changed again; the stored task, its history and its schedule are not.",
    );
    const chosen = await vscode.window.showWarningMessage(message, { modal: true, detail }, once, always);
    if (chosen === always) await this.#memory.update(KEY, true);
    return chosen !== undefined;
  }
}
