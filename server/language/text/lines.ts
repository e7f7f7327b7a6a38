import type { Position, Range } from "./position.ts";

/** Where the lines of a text begin; they end with `\n`, `\r\n` or `\r`, as in the Language Server Protocol. */
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

  /** The spaces and tabs that the line of an offset begins with. */
  indentationAt(offset: number): string {
    return /^[ \t]*/.exec(this.text.slice(this.lineStart(offset)))?.[0] ?? "";
  }

  /** The offset at which the line of an offset begins. */
  lineStart(offset: number): number {
    return this.#startOf(this.positionAt(offset).line);
  }

  /** How this text ends its lines. */
  get lineEnd(): string {
    return this.text.includes("\r\n") ? "\r\n" : "\n";
  }

  /** One step of this text's indentation: what its first indented line begins with. */
  get indentation(): string {
    return /^(?:\t| {2,8})(?=[^\s*])/m.exec(this.text)?.[0] ?? "  ";
  }

  /** What ends a statement of this text: nothing where it does without semicolons. */
  get statementEnd(): string {
    const endsWithSemicolon = /;[ \t]*(?:\/\/.*)?$/m.test(this.text);
    return endsWithSemicolon || !/[\])"'`][ \t]*$/m.test(this.text) ? ";" : "";
  }

  /** Around the names of modules. */
  get quote(): string {
    return /\b(?:from\s*|import\s*|require\(\s*)(["'])/.exec(this.text)?.[1] ?? '"';
  }

  #startOf(line: number): number {
    return this.#starts[line] ?? this.text.length;
  }
}
