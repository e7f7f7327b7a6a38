import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Range, TextEdit } from "../../language/index.ts";

/** The edit that turns a document, or a range of it, into `text`, without the common start and end. */
export function differenceTo(document: TextDocument, text: string, range?: Range): TextEdit {
  const before = document.getText(range);
  const shorter = Math.min(before.length, text.length);
  let prefix = 0;
  while (prefix < shorter && before[prefix] === text[prefix]) prefix++;
  let suffix = 0;
  while (suffix < shorter - prefix && before.at(-1 - suffix) === text.at(-1 - suffix)) suffix++;
  const start = (range ? document.offsetAt(range.start) : 0) + prefix;
  const end = start + before.length - prefix - suffix;
  return {
    range: { start: document.positionAt(start), end: document.positionAt(end) },
    newText: text.slice(prefix, text.length - suffix),
  };
}
