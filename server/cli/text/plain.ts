import { COLORS, visibleJson, visibleText } from "../../words/visible-text.ts";

/** Foreign text as part of a line: line breaks become spaces, and everything else that a terminal would obey becomes visible. */
export function oneLine(text: string): string {
  return visibleText(text.replace(/[ \t\r\n]+/g, " ").trim());
}

/** The same for messages, which may honestly be coloured, for example by a library that throws. */
export function oneMessageLine(text: string): string {
  return oneLine(text.replace(COLORS, ""));
}

/** A value on one line. */
export function jsonLine(value: unknown): string {
  return visibleJson(JSON.stringify(value));
}

/** The last resort, for every line that is written: nothing reaches a terminal but text, tabs and colours. */
export function printable(line: string): string {
  // A line consists of texts and colours in turn.
  const colors = line.match(COLORS) ?? [];
  return line
    .split(COLORS)
    .map((text, index) => visibleText(text, "\t") + (colors[index] ?? ""))
    .join("");
}

export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}
