/** 1-based. */
export interface SourcePosition {
  readonly line: number;
  readonly column: number;
}

/** Returns the position of a class name declared in the text; `undefined` if there is none. */
export function findClassDeclaration(source: string, name: string): SourcePosition | undefined {
  const declaration = new RegExp(`\\bclass\\s+(?=${name.replace(/\W/g, "\\$&")}(?![\\w$]))`).exec(source);
  if (!declaration) return undefined;
  const before = source.slice(0, declaration.index + declaration[0].length).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
