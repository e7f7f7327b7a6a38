import { readFileSync } from "node:fs";

export interface ExpectedError {
  /** 1-based. */
  readonly line: number;
  readonly code: string;
  /** A part of the message. */
  readonly text: string;
  readonly source: string;
}

/** `// error: TS… text` says what the next line is refused with. */
export function expectedErrorsIn(file: string): ExpectedError[] {
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.flatMap((line, index) => {
    const [, code, text] = /^\s*\/\/ error: (TS\d+) (.+)$/.exec(line) ?? [];
    return code && text ? [{ line: index + 2, code, text, source: lines[index + 1]?.trim() ?? "" }] : [];
  });
}
