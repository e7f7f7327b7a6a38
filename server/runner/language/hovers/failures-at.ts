import type { FolderFacts } from "../../folder/folder-facts.ts";
import { lineNow } from "./failing-line.ts";
import type { PlacedFailure } from "./failure-hover.ts";

/** What failed at a line of a text, 0-based, in whatever folder: the newest first. */
export function failuresAt(file: string, line: number, text: string, folders: readonly FolderFacts[]): readonly PlacedFailure[] {
  const found = folders.flatMap((facts) =>
    facts.failures
      .filter((shown) => shown.file === file && lineNow(shown.source, shown.diagnostic.range.start.line, text) === line)
      .map(({ failure }): PlacedFailure => ({ failure, facts })),
  );
  return found.toSorted((a, b) => timeOf(b) - timeOf(a));
}

/** A failure of a task as a whole has no time. */
function timeOf({ failure: { mark } }: PlacedFailure): number {
  return Date.parse(mark) || 0;
}
