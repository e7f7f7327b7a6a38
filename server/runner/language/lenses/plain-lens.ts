import type { Command } from "vscode-languageserver";

/** A lens that only says something. */
export function plainLens(title: string): Command {
  return { title, command: "" };
}
