import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { allGeneratedPositionsFor, LEAST_UPPER_BOUND, originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";

/** A line of a source. 1-based. */
export interface SourceLine {
  readonly file: string;
  readonly line: number;
}

/** The source map of a script that Node executes. */
export class ScriptMap {
  readonly #map: TraceMap;

  private constructor(map: TraceMap) {
    this.#map = map;
  }

  static async read(scriptUrl: string, sourceMapUrl: string): Promise<ScriptMap> {
    const url = new URL(sourceMapUrl, scriptUrl);
    return new ScriptMap(new TraceMap(await readFile(url, "utf8"), url.href));
  }

  /** Where a line of a source begins in the script, as the inspector counts: from 0. */
  generated({ file, line }: SourceLine): { readonly lineNumber: number; readonly columnNumber: number } | undefined {
    const source = this.#map.resolvedSources.find((url) => url?.startsWith("file:") && fileURLToPath(url) === file);
    if (!source) return undefined;
    const positions = allGeneratedPositionsFor(this.#map, { source, line, column: 0, bias: LEAST_UPPER_BOUND });
    const [first] = [...positions].sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
    return first && { lineNumber: (first.line ?? 1) - 1, columnNumber: first.column ?? 0 };
  }

  /** From what the inspector counts from 0. */
  source(lineNumber: number, columnNumber: number): SourceLine | undefined {
    const { source, line } = originalPositionFor(this.#map, { line: lineNumber + 1, column: columnNumber });
    return source?.startsWith("file:") && line !== null ? { file: fileURLToPath(source), line } : undefined;
  }
}
