import * as vscode from "vscode";

/** URI scheme of the read-only documents that show the runner's data. */
export const DOCUMENT_SCHEME = "background-tasks";

/** The subject of a read-only document. */
export interface DocumentSubject {
  readonly kind: "task" | "history";
  /** URI of the workspace folder. */
  readonly folder: string;
  /** Id of the task, which may have ended. */
  readonly task: string;
}

/** Returns the URI of a document. The path is the title of the tab; the query identifies the subject. */
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
