import { isDeepStrictEqual } from "node:util";
import type { Fix } from "../checks/check.ts";
import { comparePositions } from "../text/position.ts";
import type { FileEdit, TextEdit } from "../text/text-edit.ts";

/** Combines the edits of several fixes; `undefined` if they conflict. An edit that several fixes need is made once. */
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

/** The order of two edits at one position would matter. */
function isInTheWay({ range }: TextEdit, index: number, edits: readonly TextEdit[]): boolean {
  const before = edits[index - 1]?.range;
  return before !== undefined && (comparePositions(before.end, range.start) > 0 || comparePositions(before.start, range.start) === 0);
}
