import * as vscode from "vscode";

/** URI scheme of params documents. */
export const PARAMS_SCHEME = "background-tasks-params";

export interface ParamsSubject {
  /** URI of the workspace folder. */
  readonly folder: string;
  /** Task id. */
  readonly task: string;
  /** Action id. */
  readonly action: string;
}

/**
 * Returns the URI of a params document. The path ends with the title of the tab, and its first part distinguishes equal titles; the query
 * identifies the action.
 */
export function paramsUri({ folder, task, action }: ParamsSubject, taskName: string, actionName: string): vscode.Uri {
  return vscode.Uri.from({
    scheme: PARAMS_SCHEME,
    path: `/${segment(taskName)}/${segment(actionName)} params.json`,
    query: JSON.stringify({ folder, task, action }),
  });
}

/** @throws vscode.FileSystemError if the URI is not one of our params documents */
export function paramsSubjectOf(uri: vscode.Uri): ParamsSubject {
  const subject = readSubject(uri.query);
  if (!subject) throw vscode.FileSystemError.FileNotFound(uri);
  return subject;
}

function readSubject(query: string): ParamsSubject | undefined {
  try {
    const subject: unknown = JSON.parse(query);
    const isSubject = typeof subject === "object" && subject !== null && "folder" in subject && "task" in subject && "action" in subject;
    return isSubject ? (subject as ParamsSubject) : undefined;
  } catch {
    // The editor also asks for the parent directories.
    return undefined;
  }
}

function segment(name: string): string {
  return name.replaceAll(/[\\/]/g, "-");
}
