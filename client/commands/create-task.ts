import * as vscode from "vscode";
import type { CreatedTask, CreateTaskParams } from "../../server/protocol/runner-protocol.ts";
import { messageOf } from "../../server/words/message-of.ts";
import type { CommandContext } from "../asking/command-context.ts";
import { type CommandTarget, targetOf } from "../asking/command-target.ts";
import { pick } from "../asking/pick.ts";
import { pickFolder } from "../asking/pick-folder.ts";
import type { FolderModel } from "../model/folder-model.ts";

/**
 * Asks for class, params and name. Params that the class refuses can be corrected where they were typed. With `params` in the argument nothing is asked
 * but the class, where that is open.
 */
export async function createTask(context: CommandContext, argument: unknown): Promise<CreatedTask> {
  const target = targetOf(argument, context);
  const folder = await pickFolder(context, target);
  // A window that was just opened may not have loaded them yet.
  if (!folder.state.areClassesKnown) await context.runner.request("refreshClasses", { folder: folder.uri });
  const className = await pickClass(folder, target);
  const params = paramsOf(argument);
  if (params !== undefined) return create(context, { folder: folder.uri, class: className, params, type: "interactive" });
  const key = memoryKey(folder.uri, className);
  let text = context.memory.get(key, "{}");
  let name: string | undefined;
  let problem: string | undefined;
  for (;;) {
    text = await askParams(className, text, problem);
    name ??= await askName(className);
    try {
      const typed: CreateTaskParams = { folder: folder.uri, class: className, params: JSON.parse(text), type: "interactive" };
      const created = await create(context, name === "" ? typed : { ...typed, name });
      await context.memory.update(key, text);
      return created;
    } catch (error) {
      problem = messageOf(error);
      context.log.warn(problem);
    }
  }
}

/** Proposes these params in the next call, as if they had been typed before. */
export async function proposeParams(
  { memory }: CommandContext,
  { folder, class: className, params }: Pick<CreateTaskParams, "folder" | "class" | "params">,
): Promise<void> {
  await memory.update(memoryKey(folder, className), JSON.stringify(params));
}

function memoryKey(folder: string, className: string): string {
  return `params of ${className} in ${folder}`;
}

async function create(context: CommandContext, params: CreateTaskParams): Promise<CreatedTask> {
  const created = await context.runner.request("createTask", params);
  await context.reveal({ kind: "task", folder: params.folder, class: params.class, task: created.id });
  return created;
}

function paramsOf(argument: unknown): unknown {
  return typeof argument === "object" && argument !== null && "params" in argument ? argument.params : undefined;
}

function pickClass(folder: FolderModel, { class: named }: CommandTarget): Promise<string> {
  const classes = folder.state.classes.filter(({ kind, name }) => kind === "task" && (named === undefined || name === named));
  return pick(
    classes.map(({ name, schedule, problem, file }) => ({
      label: name,
      ...(schedule !== undefined && { description: schedule }),
      detail: problem ?? file ?? "",
      value: name,
    })),
    vscode.l10n.t("Select a class for the new task"),
    named === undefined
      ? vscode.l10n.t("No task file in {0} exports a usable task class.", folder.state.name)
      : vscode.l10n.t("No task file in {0} exports a usable task class named {1}.", folder.state.name, named),
  );
}

/** @param problem the mistake in the previous input. */
async function askParams(className: string, value: string, problem: string | undefined): Promise<string> {
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t("Create Task: {0}", className),
    prompt: problem ?? vscode.l10n.t("Params as JSON"),
    value,
    ignoreFocusOut: true,
    validateInput: (text) => {
      // The refusal is shown until the input changes.
      if (problem !== undefined && text === value) return { message: problem, severity: vscode.InputBoxValidationSeverity.Warning };
      return problemOfJson(text);
    },
  });
  if (typed === undefined) throw new vscode.CancellationError();
  return typed.trim() === "" ? "{}" : typed;
}

function problemOfJson(text: string): string | undefined {
  if (text.trim() === "") return undefined;
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return vscode.l10n.t("Not valid JSON: {0}", messageOf(error));
  }
}

async function askName(className: string): Promise<string> {
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t("Create Task: {0}", className),
    prompt: vscode.l10n.t("Task name (leave empty to use the class name)"),
    placeHolder: className,
    ignoreFocusOut: true,
  });
  if (name === undefined) throw new vscode.CancellationError();
  return name.trim();
}
