/** Line and column, 0-based. */
interface Place {
  readonly line: number;
  readonly column: number;
}

/** Where a name stands for the first time in a text between two places; not as part of a longer name. */
export function columnOfWord(word: string, lines: readonly string[], start: Place, end: Place): Place | undefined {
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
