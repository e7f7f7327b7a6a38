import { COLORS, visibleText } from "./visible-text.ts";

/** The first non-blank line, with controls as escapes, shortened to `mostCharacters`. */
export function shortText(text: string, mostCharacters = 200): string {
  const line = text
    .replace(COLORS, "")
    .split(/\r?\n/)
    .map((candidate) => visibleText(candidate.replace(/[\t\r]+/g, " ").trim()))
    .find((candidate) => candidate !== "");
  if (line === undefined) return "";
  // An emoji counts as one character and is never split.
  const characters = [...line];
  return characters.length <= mostCharacters ? line : `${characters.slice(0, mostCharacters - 1).join("")}…`;
}
