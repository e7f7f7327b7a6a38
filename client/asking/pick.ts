import * as vscode from "vscode";
import { visibleText } from "../../server/words/visible-text.ts";

export interface Choice<Value> extends vscode.QuickPickItem {
  readonly value: Value;
}

/** Asks for one of several choices; returns the only one without asking. @throws vscode.CancellationError if the user picks none */
export async function pick<Value>(choices: readonly Choice<Value>[], placeHolder: string, nothing: string): Promise<Value> {
  const [only, ...others] = choices;
  if (!only) throw new Error(nothing);
  if (others.length === 0) return only.value;
  return ask(choices, placeHolder);
}

/** Asks even if there is only one choice. @throws vscode.CancellationError if the user picks none */
export async function ask<Value>(choices: readonly Choice<Value>[], placeHolder: string): Promise<Value> {
  const shown = choices.map((choice) => ({
    ...choice,
    label: visibleText(choice.label),
    description: visibleText(choice.description ?? ""),
  }));
  const picked = await vscode.window.showQuickPick(shown, { placeHolder, matchOnDescription: true, matchOnDetail: true });
  if (!picked) throw new vscode.CancellationError();
  return picked.value;
}
