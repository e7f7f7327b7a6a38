import type { Block, Inline, Link } from "./block.ts";

/** As CommonMark with the extensions of GitHub, which is what the protocol calls markdown. */
export function markdownOf(blocks: readonly Block[]): string {
  return blocks.map(blockText).join("\n\n");
}

function blockText(block: Block): string {
  switch (block.kind) {
    case "paragraph":
      return lineText(block.line);
    case "list":
      return block.items.map((item) => `- ${lineText(item)}`).join("\n");
    case "json":
      return fenced(block.text, "json");
    case "rule":
      return "---";
  }
}

function lineText(line: readonly Inline[]): string {
  return line.map(inlineText).join("");
}

function inlineText(part: Inline): string {
  if (typeof part === "string") return escapeMarkdown(part);
  switch (part.kind) {
    case "strong":
      return strongText(part.text);
    case "code":
      return codeText(part.text);
    case "link":
      return linkText(part);
  }
}

/** Stars beside a space are not markup. */
function strongText(text: string): string {
  const trimmed = oneLine(text).trim();
  return trimmed === "" ? "" : `**${escapeMarkdown(trimmed)}**`;
}

/** Nothing is escaped in a code span: it ends at as many backticks as it begins with. */
function codeText(text: string): string {
  const line = oneLine(text);
  if (line.trim() === "") return escapeMarkdown(line);
  const marks = "`".repeat(longestRun(line) + 1);
  const padding = line.startsWith("`") || line.endsWith("`") || (line.startsWith(" ") && line.endsWith(" ")) ? " " : "";
  return `${marks}${padding}${line}${padding}${marks}`;
}

function linkText({ command: { title, command, arguments: args = [] } }: Link): string {
  const target = args.length === 0 ? command : `${command}?${percentEncoded(JSON.stringify(args))}`;
  // Some parsers take what is in parentheses for the target, even behind an escaped bracket.
  const text = escapeMarkdown(title).replaceAll(/[()]/g, "\\$&");
  return `[${text}](command:${target})`;
}

function fenced(text: string, language: string): string {
  const marks = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${marks}${language}\n${text}\n${marks}`;
}

/**
 * Text that shows as it is, in one line: no emphasis, no links, not even those made of bare addresses, no HTML, no icons, no headings or
 * lists where a line begins.
 */
export function escapeMarkdown(text: string): string {
  return oneLine(text)
    .replaceAll(/[\\`*_[\]<>&~|$@]/g, "\\$&")
    .replaceAll(/:(?=\/\/)|(?<=www)\./gi, "\\$&")
    .replace(/^(\s*)([#+=-])/, "$1\\$2")
    .replace(/^(\s*\d+)([.)])/, "$1\\$2");
}

/** A line break would begin a block; spaces that a line begins with would make it code. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").replace(/^\s+/, " ");
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

/** What is left by `encodeURIComponent` may still end the target of a link. */
function percentEncoded(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*~_]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}
