import { URI } from "vscode-uri";

export function fileOf(uri: string): string {
  return URI.parse(uri).fsPath;
}

/** One for each file: paths differ in how they write the letter of a drive. */
export function uriOf(file: string): string {
  return URI.file(file).toString();
}
