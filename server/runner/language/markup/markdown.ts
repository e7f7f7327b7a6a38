import { visibleText } from "../../../words/visible-text.ts";
import type { Block, Inline, Link } from "./block.ts";

/** Formats as CommonMark with GitHub's extensions, which the protocol calls markdown. */
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

/** Asterisks beside a space are not markup. */
function strongText(text: string): string {
  const trimmed = oneLine(text).trim();
  return trimmed === "" ? "" : `**${escapeMarkdown(trimmed)}**`;
}

/** A code span cannot contain escapes: it ends at as many backticks as it starts with. */
function codeText(text: string): string {
  const line = oneLine(text);
  if (line.trim() === "") return escapeMarkdown(line);
  const marks = "`".repeat(longestRun(line) + 1);
  const padding = line.startsWith("`") || line.endsWith("`") || (line.startsWith(" ") && line.endsWith(" ")) ? " " : "";
  return `${marks}${padding}${line}${padding}${marks}`;
}

function linkText({ command: { title, command, arguments: args = [] } }: Link): string {
  const target = args.length === 0 ? command : `${command}?${percentEncoded(JSON.stringify(args))}`;
  // Some parsers treat text in parentheses as the target, even after an escaped bracket.
  const text = escapeMarkdown(title).replaceAll(/[()]/g, "\\$&");
  return `[${text}](command:${target})`;
}

function fenced(text: string, language: string): string {
  const marks = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${marks}${language}\n${text}\n${marks}`;
}

/**
 * Escapes text to be shown literally on one line: no emphasis, no links (even from bare URLs), no HTML, no icons, no headings or lists at
 * the start of a line.
 */
export function escapeMarkdown(text: string): string {
  return oneLine(text)
    .replaceAll(/[\\`*_[\]<>&~|$@]/g, "\\$&")
    .replaceAll(/:(?=\/\/)|(?<=www)\./gi, "\\$&")
    .replace(/^(\s*)([#+=-])/, "$1\\$2")
    .replace(/^(\s*\d+)([.)])/, "$1\\$2");
}

/** A line break would start a block; leading spaces would make it code. Controls and bidirectional marks are shown as escapes. */
function oneLine(text: string): string {
  return visibleText(text.replaceAll(/[\t\r\n]+/g, " ")).replace(/^\s+/, " ");
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

/** Characters left by `encodeURIComponent` may still end the target of a link. */
function percentEncoded(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*~_]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}
