import { URI } from "vscode-uri";

export function fileOf(uri: string): string {
  return URI.parse(uri).fsPath;
}

/** One URI per file: paths differ in how they write the drive letter. */
export function uriOf(file: string): string {
  return URI.file(file).toString();
}
