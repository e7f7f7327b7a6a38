import type { Command } from "vscode-languageserver";

/** A lens without a command. */
export function plainLens(title: string): Command {
  return { title, command: "" };
}
