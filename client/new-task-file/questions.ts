import { existsSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import { ask } from "../asking/pick.ts";
import type { WorkspaceModel } from "../model/workspace-model.ts";
import type { TargetFolder } from "./target-folder.ts";
import { freeName, TASK_FILE_ENDING, type TaskFileName, taskFileName } from "./task-file-name.ts";
import { classNamesOf, isTaken, type Template } from "./templates.ts";

/** @throws vscode.CancellationError */
export function askTemplate(templates: readonly Template[]): Promise<Template> {
  return ask(
    templates.map((value) => ({ label: value.label, detail: value.detail, value })),
    vscode.l10n.t("New Task File: Select a template"),
  );
}

/** @throws vscode.CancellationError */
export async function askName(template: Template, folder: TargetFolder, model: WorkspaceModel): Promise<TaskFileName> {
  const value = freeName(template.name, (file) => !existsSync(join(folder.path, file)));
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t("New Task File: {0}", template.label),
    prompt: vscode.l10n.t("File name; {0} is appended, and the class is named after it", TASK_FILE_ENDING),
    value,
    ignoreFocusOut: true,
    validateInput: (text) => problemOfName(text, template, folder, model),
  });
  if (typed === undefined) throw new vscode.CancellationError();
  return checkedName(typed, template, folder, model);
}

/** @throws Error that says why the name is not valid */
export function checkedName(typed: string, template: Template, folder: TargetFolder, model: WorkspaceModel): TaskFileName {
  const name = taskFileName(typed);
  const problem = problemOfName(typed, template, folder, model);
  if (!name || problem !== undefined) throw new Error(problem);
  return name;
}

function problemOfName(
  typed: string,
  template: Template,
  { path, workspaceFolder }: TargetFolder,
  model: WorkspaceModel,
): string | undefined {
  const name = taskFileName(typed);
  if (!name) return vscode.l10n.t("Start with a letter and use only letters, digits, - and _, as in {0}.", template.name);
  if (existsSync(join(path, name.file))) return vscode.l10n.t("{0} already exists.", name.file);
  if (isTaken(template, name.className)) return vscode.l10n.t("The template already uses the name {0}.", name.className);
  const classes = (workspaceFolder === undefined ? undefined : model.folder(workspaceFolder))?.state.classes ?? [];
  const names = classNamesOf(template, name.className);
  // The runner may not have noticed yet that a file was deleted.
  const twin = classes.find((candidate) => names.includes(candidate.name) && existsSync(candidate.file ?? ""));
  if (twin) return vscode.l10n.t("Class {0} already exists in {1}.", twin.name, twin.file ?? "");
  return undefined;
}
