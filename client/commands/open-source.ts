import * as vscode from "vscode";
import type { FailureState } from "../../server/protocol/folder-state.ts";
import type { CommandContext } from "../asking/command-context.ts";
import { type CommandTarget, targetOf } from "../asking/command-target.ts";
import { pick } from "../asking/pick.ts";
import type { FolderModel } from "../model/folder-model.ts";

/** Opens the source of a row; if the argument has `file`, `line` and `column`, exactly that place. */
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

/** Absolute path, 1-based line and column. */
interface SourcePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Returns the place of the target in the source: the failing line if it failed, else its class. */
function sourcePlace(folder: FolderModel, target: CommandTarget): SourcePlace | undefined {
  if (target.file !== undefined) return problemPlace(folder, target.file);
  const task = target.task === undefined ? undefined : folder.task(target.task);
  const action = task?.actions.find(({ id }) => id === target.action);
  if (action) return failurePlace(action.error) ?? classPlace(folder, "action", action.class) ?? classPlace(folder, "task", task?.class);
  return (
    failurePlace(task?.error) ?? classPlace(folder, "task", task?.class ?? target.class) ?? classPlace(folder, "process", target.class)
  );
}

function problemPlace({ state }: FolderModel, file: string): SourcePlace {
  const problem = state.loadProblems.find((candidate) => candidate.file === file);
  return { file, line: problem?.line ?? 1, column: problem?.column ?? 1 };
}

function failurePlace(failure: FailureState | undefined): SourcePlace | undefined {
  return failure?.file === undefined ? undefined : { file: failure.file, line: failure.line ?? 1, column: failure.column ?? 1 };
}

function classPlace(folder: FolderModel, kind: "task" | "action" | "process", name: string | undefined): SourcePlace | undefined {
  const found = name === undefined ? undefined : folder.classNamed(kind, name);
  return found?.file === undefined ? undefined : { file: found.file, line: found.line ?? 1, column: 1 };
}
