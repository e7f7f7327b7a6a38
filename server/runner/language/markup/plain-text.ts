import { visibleText } from "../../../words/visible-text.ts";
import type { Block, Inline } from "./block.ts";

/** For clients without markdown. Links cannot be clicked there: they are omitted, along with lines that contain nothing else. */
export function plainTextOf(blocks: readonly Block[]): string {
  return blocks.flatMap(blockText).join("\n\n");
}

function blockText(block: Block): string[] {
  switch (block.kind) {
    case "paragraph":
      return isOfLinks(block.line) ? [] : [lineText(block.line)];
    case "list":
      return [block.items.map((item) => `- ${lineText(item)}`).join("\n")];
    case "json":
      return [block.text.replaceAll(/^/gm, "  ")];
    case "rule":
      return [];
  }
}

function isOfLinks(line: readonly Inline[]): boolean {
  return line.every((part) => (typeof part === "string" ? /^[\s·]*$/.test(part) : part.kind === "link"));
}

function lineText(line: readonly Inline[]): string {
  const text = line.map((part) => (typeof part === "string" ? part : part.kind === "link" ? "" : part.text)).join("");
  return visibleText(text.replaceAll(/[\t\r\n]+/g, " "));
}
