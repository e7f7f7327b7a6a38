import { type ParseError, parse, printParseErrorCode } from "jsonc-parser/lib/esm/main.js";

/** Where and why a text is not valid JSON: `JSON.parse` reports positions only for some mistakes, with messages that differ by engine. */
export function locateJsonError(json: string): string {
  if (json.trim() === "") return "the text is empty.";
  const errors: ParseError[] = [];
  parse(json, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  const [first] = errors;
  if (!first) return "invalid JSON syntax.";
  const before = json.slice(0, first.offset).split("\n");
  const column = (before.at(-1)?.length ?? 0) + 1;
  return `line ${before.length}, column ${column}: ${inWords(first)}, found ${found(json, first)}.`;
}

/** `PropertyNameExpected` → `property name expected`. */
function inWords({ error }: ParseError): string {
  return printParseErrorCode(error)
    .replace(/(?<=[a-z])(?=[A-Z])/g, " ")
    .toLowerCase();
}

function found(json: string, { offset, length }: ParseError): string {
  return offset >= json.length ? "the end" : JSON.stringify(json.slice(offset, offset + Math.min(Math.max(length, 1), 20)));
}
