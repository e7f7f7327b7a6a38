import { type ParseError, parse, printParseErrorCode } from "jsonc-parser";

/** What a text says as JSON, or why it is none and where: offsets in the text. */
export type JsonText = { readonly value: unknown } | { readonly mistake: string; readonly offset: number; readonly length: number };

export function readJson(text: string): JsonText {
  const errors: ParseError[] = [];
  parse(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  const [first] = errors;
  if (!first) return { value: JSON.parse(text) };
  const mistake = printParseErrorCode(first.error)
    .replace(/(?<=[a-z])(?=[A-Z])/g, " ")
    .toLowerCase();
  // At the end of the text there is nothing to underline but the last character.
  const offset = Math.min(first.offset, Math.max(text.trimEnd().length - 1, 0));
  return { mistake, offset, length: Math.max(first.length, 1) };
}
