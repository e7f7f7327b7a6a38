import type { OutputParams } from "../../server/protocol/runner-protocol.ts";
import { COLORS, visibleText } from "../../server/words/visible-text.ts";

/** One write to the output channel. Groups several lines, which makes floods of output cheap. */
export interface OutputEntry {
  readonly level: "info" | "warn" | "error";
  readonly text: string;
}

/** Prefixes each line of user code with its task and action. Returns `undefined` if there is nothing to show. */
export function outputEntry({ level, text, output }: OutputParams): OutputEntry | undefined {
  const plain = visibleText(text.replaceAll(COLORS, "").replaceAll("\r\n", "\n"), "\n\r\t").trimEnd();
  if (plain === "") return undefined;
  if (!output) return { level: level === "warning" ? "warn" : level, text: plain };
  const author = output.task ? `[${visibleText(output.task.name)}${output.action ? `/${visibleText(output.action.name)}` : ""}] ` : "";
  // Of a line that overwrites itself, as progress bars do, keep the last version.
  const lines = plain.split("\n").map((line) => author + (line.trimEnd().split("\r").at(-1) ?? ""));
  return { level: output.stream === "stderr" ? "warn" : "info", text: lines.join("\n") };
}
