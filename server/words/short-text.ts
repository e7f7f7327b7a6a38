import { stripVTControlCharacters } from "node:util";

/** The first non-blank line, without control characters, shortened to `mostCharacters`. */
export function shortText(text: string, mostCharacters = 200): string {
  const line = stripVTControlCharacters(text)
    .split(/\r?\n/)
    .map((candidate) => candidate.replace(/\p{Cc}+/gu, " ").trim())
    .find((candidate) => candidate !== "");
  if (line === undefined) return "";
  // An emoji counts as one character and is never split.
  const characters = [...line];
  return characters.length <= mostCharacters ? line : `${characters.slice(0, mostCharacters - 1).join("")}…`;
}
