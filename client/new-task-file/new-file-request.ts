import * as vscode from "vscode";
import type { Template } from "./templates.ts";

/** How missing packages are to be provided: by the package manager in use, as the extension brings them, or not at all. */
export type Provision = "packageManager" | "extension" | "none";

/**
 * What `backgroundTasks.newTaskFile` accepts as its argument, for example from a key binding: `{ template, name, folder, packages }`.
 * Whatever is missing is asked for.
 */
export interface NewFileRequest {
  readonly template?: Template["id"];
  /** Of the file, with or without its ending. */
  readonly name?: string;
  /** Absolute path of the directory that the file goes into. */
  readonly folder?: string;
  readonly packages?: Provision;
}

const TEMPLATES: readonly string[] = ["chunkedFiles", "pagedApi", "pipeline", "scheduled"] satisfies Template["id"][];
const PROVISIONS: readonly string[] = ["packageManager", "extension", "none"] satisfies Provision[];

/** @param argument a request, or the folder that the explorer's menu was opened on. */
export function newFileRequest(argument: unknown): NewFileRequest {
  if (argument instanceof vscode.Uri) return { folder: argument.fsPath };
  if (typeof argument !== "object" || argument === null) return {};
  const { template, name, folder, packages } = argument as Readonly<Record<string, unknown>>;
  return {
    ...(TEMPLATES.includes(String(template)) && { template: template as Template["id"] }),
    ...(typeof name === "string" && { name }),
    // As the tasks view names folders, or as a path.
    ...(typeof folder === "string" && { folder: folder.startsWith("file:") ? vscode.Uri.parse(folder).fsPath : folder }),
    ...(PROVISIONS.includes(String(packages)) && { packages: packages as Provision }),
  };
}
