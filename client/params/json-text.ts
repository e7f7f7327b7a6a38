import { type ParseError, parse, printParseErrorCode } from "jsonc-parser";

/** A parsed JSON text, or its first mistake, with offsets in the text. */
export type JsonText = { readonly value: unknown } | { readonly mistake: string; readonly offset: number; readonly length: number };

export function readJson(text: string): JsonText {
  const errors: ParseError[] = [];
  parse(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  const [first] = errors;
  if (!first) return { value: JSON.parse(text) };
  const mistake = printParseErrorCode(first.error)
    .replace(/(?<=[a-z])(?=[A-Z])/g, " ")
    .toLowerCase();
  // A mistake at the end of the text is marked at its last character.
  const offset = Math.min(first.offset, Math.max(text.trimEnd().length - 1, 0));
  return { mistake, offset, length: Math.max(first.length, 1) };
}
