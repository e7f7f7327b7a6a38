import { TextDocument } from "vscode-languageserver-textdocument";
import type { TextEdit } from "../../../server/language/index.ts";

/** The text with the edits made, as an editor makes them. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return TextDocument.applyEdits(TextDocument.create("file:///a.ts", "typescript", 0, text), [...edits]);
}
