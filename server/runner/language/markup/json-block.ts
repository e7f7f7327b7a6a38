import type { Json } from "../../../authoring/index.ts";
import { visibleJson } from "../../../words/visible-text.ts";
import type { Wording } from "../../../words/wording.ts";
import { type Block, paragraph } from "./block.ts";

const MOST_LINES = 25;
/** A line can be as long as a whole file. */
const MOST_COLUMNS = 160;

/** Formats a value for reading; a long one is truncated, with the number of omitted lines. */
export function jsonBlocks(value: Json, { t }: Pick<Wording, "t">): Block[] {
  const lines = visibleJson(JSON.stringify(value, null, 2)).split("\n");
  const shown = lines.slice(0, MOST_LINES).map(shortLine);
  const blocks: Block[] = [{ kind: "json", text: shown.join("\n") }];
  const left = lines.length - shown.length;
  if (left > 0) blocks.push(paragraph(t("… and {0} more lines. See the task data for all of them.", left)));
  else if (shown.some((line, index) => line !== lines[index]))
    blocks.push(paragraph(t("Long values are truncated. See the task data for the full values.")));
  return blocks;
}

/** An emoji is never split. */
function shortLine(line: string): string {
  if (line.length <= MOST_COLUMNS) return line;
  return `${[...line.slice(0, MOST_COLUMNS)].slice(0, -1).join("")}…`;
}
