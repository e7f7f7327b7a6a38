import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import type { CommandContext } from "../asking/command-context.ts";
import { showError } from "../asking/show-error.ts";
import { proposeParams } from "../commands/create-task.ts";
import { offerFirstRun } from "./first-run.ts";
import { newFileRequest } from "./new-file-request.ts";
import { namesNodeTypes } from "./node-types.ts";
import { packageNeeds } from "./project.ts";
import { planPackages, providePackages } from "./provide-packages.ts";
import { askName, askTemplate, checkedName } from "./questions.ts";
import type { ShippedPackages } from "./shipped-packages.ts";
import { writeNew } from "./starter-files.ts";
import { targetFolder } from "./target-folder.ts";
import { fillTemplate, templates } from "./templates.ts";
import type { WrittenTaskFile } from "./written-task-file.ts";

/**
 * Writes a task file that compiles, passes the checks and runs, together with the files and packages that it needs. Asks all questions
 * before it writes, and overwrites nothing.
 */
export async function newTaskFile(context: CommandContext, shipped: ShippedPackages, argument: unknown): Promise<WrittenTaskFile> {
  // A package manager executes code from the folder.
  if (!vscode.workspace.isTrusted) throw new Error(vscode.l10n.t("Trust the workspace to create a task file in it."));
  const request = newFileRequest(argument);
  const folder = await targetFolder(request.folder);
  const all = templates(vscode.l10n.t);
  const template = all.find(({ id }) => id === request.template) ?? (await askTemplate(all));
  const { file: name, className } =
    request.name === undefined
      ? await askName(template, folder, context.model)
      : checkedName(request.name, template, folder, context.model);
  const plan = await planPackages(packageNeeds(folder.path, folder.root), shipped, request.packages);

  const file = join(folder.path, name);
  // Packages that are provided quickly come before the file, which is then never shown without its types.
  if (plan.kind !== "run") await providePackages(plan, shipped, context.log);
  await mkdir(folder.path, { recursive: true });
  if (!(await writeNew(file, fillTemplate(template, className, !namesNodeTypes(folder.path)))))
    throw new Error(vscode.l10n.t("{0} already exists.", name));
  context.log.info(vscode.l10n.t("New Task File wrote {0}", file));
  await vscode.window.showTextDocument(vscode.Uri.file(file));
  if (plan.kind === "run") await providePackages(plan, shipped, context.log);

  const { workspaceFolder } = folder;
  const written = { file, className, params: template.params, ...(workspaceFolder !== undefined && { workspaceFolder }) };
  if (workspaceFolder !== undefined) await proposeParams(context, { folder: workspaceFolder, class: className, params: template.params });
  // Not awaited: the command has ended even if the message stays open.
  void offerFirstRun(context, written).catch((error) => showError(error, context));
  return written;
}
