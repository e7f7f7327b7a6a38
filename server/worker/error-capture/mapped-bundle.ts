import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { decodedMappings, TraceMap, traceSegment } from "@jridgewell/trace-mapping";
import type { SourcePosition } from "./source-position.ts";

/** The text of a bundle with its source map. */
export class MappedBundle {
  readonly #lines: readonly string[];
  readonly #map: TraceMap;
  readonly #sources = new Map<string, readonly string[]>();

  /** @param mapUrl the base of the sources in the map. */
  constructor(text: string, map: string, mapUrl: string) {
    this.#lines = text.split("\n");
    this.#map = new TraceMap(map, mapUrl);
  }

  /** Line and column are 1-based. */
  source(line: number, column: number): SourcePosition | undefined {
    const generated = { line: line - 1, column: Math.max(0, column - 1) };
    const segment = line < 1 ? null : traceSegment(this.#map, generated.line, generated.column);
    if (!segment || segment.length === 1) return undefined;
    const [segmentColumn, sourceIndex, originalLine, originalColumn] = segment;
    const url = this.#map.resolvedSources[sourceIndex];
    if (!url?.startsWith("file:")) return undefined;
    const file = fileURLToPath(url);
    const start = { line: originalLine, column: originalColumn };
    const exact = segmentColumn === generated.column ? undefined : this.#wordWithin(segment, generated, file);
    return { file, line: (exact ?? start).line + 1, column: (exact ?? start).column + 1 };
  }

  /**
   * Not every name has its own entry in the map. For a position between two entries, the name at that position is searched for between the
   * source positions of the entries.
   */
  #wordWithin(segment: readonly number[], generated: { line: number; column: number }, file: string) {
    const [, sourceIndex = 0, line = 0, column = 0] = segment;
    const word = /^[\p{ID_Start}$_][\p{ID_Continue}$]*/u.exec(this.#lines[generated.line]?.slice(generated.column) ?? "")?.[0];
    if (word === undefined) return undefined;
    const segments = decodedMappings(this.#map)[generated.line] ?? [];
    const next = segments.find((other) => other[0] > generated.column);
    const isOrdered = next && next.length > 1 && next[1] === sourceIndex && (next[2] ?? 0) >= line;
    const end = isOrdered ? { line: next[2] ?? line, column: next[3] ?? 0 } : { line, column: Number.POSITIVE_INFINITY };
    return columnOfWord(word, this.#source(file), { line, column }, end);
  }

  #source(file: string): readonly string[] {
    let lines = this.#sources.get(file);
    if (!lines) {
      lines = readLines(file);
      this.#sources.set(file, lines);
    }
    return lines;
  }
}

function readLines(file: string): readonly string[] {
  try {
    return readFileSync(file, "utf8").split("\n");
  } catch {
    return [];
  }
}

/** Line and column are 0-based. */
interface Place {
  readonly line: number;
  readonly column: number;
}

/** The first occurrence of a name between two positions, not as part of a longer name. */
function columnOfWord(word: string, lines: readonly string[], start: Place, end: Place): Place | undefined {
  for (let line = start.line; line <= end.line; line++) {
    const text = lines[line];
    if (text === undefined) return undefined;
    const last = line === end.line ? end.column : text.length;
    for (let column = line === start.line ? start.column : 0; column <= last; column += word.length) {
      column = text.indexOf(word, column);
      if (column < 0 || column >= last) break;
      if (!isPartOfName(text[column - 1]) && !isPartOfName(text[column + word.length])) return { line, column };
    }
  }
  return undefined;
}

function isPartOfName(character: string | undefined): boolean {
  return character !== undefined && /[\p{ID_Continue}$]/u.test(character);
}
