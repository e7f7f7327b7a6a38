import { writeFileSync } from "node:fs";
import * as vscode from "vscode";
import type { ExtensionInternals } from "../../../client/extension.ts";
import { extension } from "../../editor/support/extension.ts";
import { showFile } from "../../editor/support/opened-folder.ts";
import { knownFolder, rounds } from "./in-host-rounds.ts";
import { WRITTEN_FILE } from "./large-workspace.ts";
import type { MeasuredInHost } from "./measured.ts";

/** In a large workspace: a line more before everything, and how long it takes until what is computed of the text has moved. */
export async function run(): Promise<void> {
  const { model } = (await extension().activate()) as ExtensionInternals;
  await knownFolder(model);
  const editor = await showFile(WRITTEN_FILE);
  const { uri } = editor.document;
  const measures = {
    lenses: async () => (await execute<vscode.CodeLens>("vscode.executeCodeLensProvider", uri)).map(({ range }) => range.start.line),
    symbols: async () =>
      (await execute<vscode.DocumentSymbol>("vscode.executeDocumentSymbolProvider", uri)).map(({ range }) => range.start.line),
  };
  // Each is asked for once before: reading the workspace, and starting the editor's TypeScript, is measured elsewhere.
  for (const measure of Object.values(measures)) await measure();

  async function afterEdit(measure: () => Promise<readonly number[]>): Promise<number> {
    const lines = await measure();
    const before = performance.now();
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), "\n"));
    const moved = await measure();
    const duration = performance.now() - before;
    if (lines.length === 0 || Math.min(...moved) !== Math.min(...lines) + 1) throw new Error(`Not of the new text: ${lines} and ${moved}.`);
    return duration;
  }

  const editToLenses = await rounds(async (round) => {
    const times = { lenses: 0, symbols: 0 };
    const names = ["lenses", "symbols"] as const;
    for (const name of round % 2 === 0 ? names : names.toReversed()) times[name] = await afterEdit(measures[name]);
    return times;
  });
  const measured: MeasuredInHost = { editToLenses };
  writeFileSync(process.env.BENCH_RESULT ?? "", JSON.stringify(measured));
}

async function execute<Item>(command: string, uri: vscode.Uri): Promise<readonly Item[]> {
  return (await vscode.commands.executeCommand<Item[] | undefined>(command, uri)) ?? [];
}
