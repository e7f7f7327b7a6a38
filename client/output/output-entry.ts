import { stripVTControlCharacters } from "node:util";
import type { OutputParams } from "../../server/protocol/runner-protocol.ts";

/** What is written to the output at once: several lines are one entry, so that a flood costs little. */
export interface OutputEntry {
  readonly level: "info" | "warn" | "error";
  readonly text: string;
}

/** What user code has printed says on each line who did. `undefined`: there is nothing to read in it. */
export function outputEntry({ level, text, output }: OutputParams): OutputEntry | undefined {
  const plain = stripVTControlCharacters(text).replaceAll("\r\n", "\n").trimEnd();
  if (plain === "") return undefined;
  if (!output) return { level: level === "warning" ? "warn" : level, text: plain };
  const author = output.task ? `[${output.task.name}${output.action ? `/${output.action.name}` : ""}] ` : "";
  // A line that overwrites itself, as progress bars do, has ended as what it said last.
  const lines = plain.split("\n").map((line) => author + (line.trimEnd().split("\r").at(-1) ?? ""));
  return { level: output.stream === "stderr" ? "warn" : "info", text: lines.join("\n") };
}
