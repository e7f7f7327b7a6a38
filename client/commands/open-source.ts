import * as vscode from "vscode";
import type { CommandContext } from "../asking/command-context.ts";
import { type CommandTarget, targetOf } from "../asking/command-target.ts";
import { pick } from "../asking/pick.ts";
import { type SourcePlace, sourcePlace } from "./source-place.ts";

/** Opens where a row of a view stands in the source; a place that is named (`file`, `line`, `column`) as it is. */
export async function openSource(context: CommandContext, argument: unknown): Promise<void> {
  await openPlace(placeIn(argument) ?? (await placeOfTarget(context, targetOf(argument, context))));
}

export async function openPlace({ file, line, column }: SourcePlace): Promise<void> {
  const position = new vscode.Position(Math.max(0, line - 1), Math.max(0, column - 1));
  await vscode.window.showTextDocument(vscode.Uri.file(file), { selection: new vscode.Range(position, position) });
}

function placeIn(argument: unknown): SourcePlace | undefined {
  if (typeof argument !== "object" || argument === null) return undefined;
  const { file, line, column } = argument as Partial<Record<"file" | "line" | "column", unknown>>;
  if (typeof file !== "string" || typeof line !== "number") return undefined;
  return { file, line, column: typeof column === "number" ? column : 1 };
}

async function placeOfTarget(context: CommandContext, target: CommandTarget): Promise<SourcePlace> {
  const folder = target.folder === undefined ? undefined : context.model.folder(target.folder);
  if (!folder) return pickClass(context);
  const place = sourcePlace(folder, target);
  if (place) return place;
  throw new Error(vscode.l10n.t("Source not found: no loadable task file exports this class. Check the Problems view."));
}

function pickClass({ model }: CommandContext): Promise<SourcePlace> {
  const choices = model.folders.flatMap(({ state }) =>
    state.classes.flatMap(({ kind, name, file, line }) =>
      file === undefined ? [] : [{ label: name, description: kind, detail: file, value: { file, line: line ?? 1, column: 1 } }],
    ),
  );
  return pick(choices, vscode.l10n.t("Select a class to open its source"), vscode.l10n.t("No usable task file exports a class."));
}
