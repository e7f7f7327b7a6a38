/**
 * Where a line of a text stands in that text as it is now, 0-based; `undefined` where it is gone, or where several may be meant. Only what
 * surrounds the edits counts as known: of what is between them a line is known by its own text.
 */
export function lineNow(then: string, line: number, now: string): number | undefined {
  const [before, after] = [linesOf(then), linesOf(now)];
  const text = before[line]?.trim();
  if (text === undefined || text === "") return undefined;
  const same = (a: number, b: number) => before[a] === after[b];
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && same(head, head)) head++;
  let tail = 0;
  while (tail < most && same(before.length - 1 - tail, after.length - 1 - tail)) tail++;
  // Where a line like it was put beside it, or taken away, the unchanged ends overlap and it can be either.
  const shift = after.length - before.length;
  if (line < head) return shift === 0 || line < most - tail ? line : undefined;
  if (line >= before.length - tail) return Math.min(line, line + shift) >= head ? line + shift : undefined;
  const like = (lines: readonly string[], length: number) =>
    lines.flatMap((candidate, index) => (index >= head && index < length - tail && candidate.trim() === text ? [index] : []));
  const [found, ...others] = like(after, after.length);
  return found !== undefined && others.length === 0 && like(before, before.length).length === 1 ? found : undefined;
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\n|\r/);
}
