import * as vscode from "vscode";
import type { Template } from "./templates.ts";

/** How to provide missing packages: with the project's package manager, from the copies in the extension, or not at all. */
export type Provision = "packageManager" | "extension" | "none";

/**
 * The argument of `backgroundTasks.newTaskFile`, for example from a key binding: `{ template, name, folder, packages }`. The command asks
 * for missing parts.
 */
export interface NewFileRequest {
  readonly template?: Template["id"];
  /** Name of the file, with or without its ending. */
  readonly name?: string;
  /** Absolute path of the directory of the new file. */
  readonly folder?: string;
  readonly packages?: Provision;
}

const TEMPLATES: readonly string[] = ["chunkedFiles", "pagedApi", "pipeline", "scheduled"] satisfies Template["id"][];
const PROVISIONS: readonly string[] = ["packageManager", "extension", "none"] satisfies Provision[];

/** @param argument a request, or the folder whose menu was opened in the explorer. */
export function newFileRequest(argument: unknown): NewFileRequest {
  if (argument instanceof vscode.Uri) return { folder: argument.fsPath };
  if (typeof argument !== "object" || argument === null) return {};
  const { template, name, folder, packages } = argument as Readonly<Record<string, unknown>>;
  return {
    ...(TEMPLATES.includes(String(template)) && { template: template as Template["id"] }),
    ...(typeof name === "string" && { name }),
    // Either a URI, as in the tasks view, or a path.
    ...(typeof folder === "string" && { folder: folder.startsWith("file:") ? vscode.Uri.parse(folder).fsPath : folder }),
    ...(PROVISIONS.includes(String(packages)) && { packages: packages as Provision }),
  };
}
