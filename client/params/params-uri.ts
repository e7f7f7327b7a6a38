import * as vscode from "vscode";

/** Of documents that are the params of an action. */
export const PARAMS_SCHEME = "background-tasks-params";

export interface ParamsSubject {
  /** URI of the workspace folder. */
  readonly folder: string;
  /** Id. */
  readonly task: string;
  /** Id. */
  readonly action: string;
}

/** The end of the path is what the tab says, what is before tells tabs of the same name apart; the rest is for us. */
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
    // The editor asks for the directories around it, too.
    return undefined;
  }
}

function segment(name: string): string {
  return name.replaceAll(/[\\/]/g, "-");
}
