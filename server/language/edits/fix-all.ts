import { isDeepStrictEqual } from "node:util";
import type { Fix } from "../checks/check.ts";
import { comparePositions } from "../text/position.ts";
import type { FileEdit, TextEdit } from "../text/text-edit.ts";

/** The edits of several fixes as those of one; `undefined` where they are in each other's way. What several of them need is done once. */
export function fixAll(fixes: readonly Fix[]): readonly FileEdit[] | undefined {
  const byFile = new Map<string, TextEdit[]>();
  for (const { file, edits } of fixes.flatMap(({ changes }) => changes)) {
    const known = byFile.get(file) ?? [];
    byFile.set(file, [...known, ...edits.filter((edit) => !known.some((other) => isDeepStrictEqual(edit, other)))]);
  }
  const all = [...byFile].map(([file, edits]) => ({
    file,
    edits: edits.toSorted((a, b) => comparePositions(a.range.start, b.range.start)),
  }));
  return all.some(({ edits }) => edits.some(isInTheWay)) ? undefined : all;
}

/** Of two at one position the order would count. */
function isInTheWay({ range }: TextEdit, index: number, edits: readonly TextEdit[]): boolean {
  const before = edits[index - 1]?.range;
  return before !== undefined && (comparePositions(before.end, range.start) > 0 || comparePositions(before.start, range.start) === 0);
}
