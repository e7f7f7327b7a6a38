import { URI } from "vscode-uri";

export function fileOf(uri: string): string {
  return URI.parse(uri).fsPath;
}

/** One URI per file: paths differ in how they write the drive letter. A stored path may contain halves of surrogate pairs, a URI may not. */
export function uriOf(file: string): string {
  return URI.file(file.replaceAll(/\p{Cs}/gu, "\ufffd")).toString();
}
