import * as vscode from "vscode";

/** Of read-only documents that show what the runner knows. */
export const DOCUMENT_SCHEME = "background-tasks";

/** What a read-only document shows. */
export interface DocumentSubject {
  readonly kind: "task" | "history";
  /** URI of the workspace folder. */
  readonly folder: string;
  /** Id of the task, also when it has ended. */
  readonly task: string;
}

/** The path is what the tab says; the rest is for us. */
export function documentUri(subject: DocumentSubject, name: string): vscode.Uri {
  const ofHistory = subject.kind === "history" ? " (history)" : "";
  return vscode.Uri.from({
    scheme: DOCUMENT_SCHEME,
    path: `/${name.replaceAll(/[\\/]/g, "-")}${ofHistory}.json`,
    query: JSON.stringify(subject),
  });
}

/** @throws an Error if the URI is not one of our documents */
export function subjectOf(uri: vscode.Uri): DocumentSubject {
  const subject: unknown = JSON.parse(uri.query);
  if (typeof subject !== "object" || subject === null || !("kind" in subject)) throw new Error(`${uri} does not name a task.`);
  return subject as DocumentSubject;
}
