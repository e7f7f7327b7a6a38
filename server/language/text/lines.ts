import type { Position, Range } from "./position.ts";

/** The line starts of a text; lines end with `\n`, `\r\n` or `\r`, as in the Language Server Protocol. */
export class Lines {
  readonly text: string;
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.text = text;
    this.#starts = [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map(({ index, 0: end }) => index + end.length)];
  }

  positionAt(offset: number): Position {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#startOf(middle) <= offset) low = middle;
      else high = middle;
    }
    return { line: low, character: offset - this.#startOf(low) };
  }

  offsetAt({ line, character }: Position): number {
    return this.#startOf(line) + character;
  }

  range(start: number, end: number): Range {
    return { start: this.positionAt(start), end: this.positionAt(end) };
  }

  /** The leading spaces and tabs of the line at an offset. */
  indentationAt(offset: number): string {
    return /^[ \t]*/.exec(this.text.slice(this.lineStart(offset)))?.[0] ?? "";
  }

  /** The offset of the start of the line at an offset. */
  lineStart(offset: number): number {
    return this.#startOf(this.positionAt(offset).line);
  }

  /** The line ending used in this text. */
  get lineEnd(): string {
    return this.text.includes("\r\n") ? "\r\n" : "\n";
  }

  /** The unit of indentation in this text: that of its first indented line. */
  get indentation(): string {
    return /^(?:\t| {2,8})(?=[^\s*])/m.exec(this.text)?.[0] ?? "  ";
  }

  /** The end of statements in this text: empty if it has no semicolons. */
  get statementEnd(): string {
    const endsWithSemicolon = /;[ \t]*(?:\/\/.*)?$/m.test(this.text);
    return endsWithSemicolon || !/[\])"'`][ \t]*$/m.test(this.text) ? ";" : "";
  }

  /** The quotes around module names. */
  get quote(): string {
    return /\b(?:from\s*|import\s*|require\(\s*)(["'])/.exec(this.text)?.[1] ?? '"';
  }

  #startOf(line: number): number {
    return this.#starts[line] ?? this.text.length;
  }
}
