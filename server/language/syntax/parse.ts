import * as ts from "typescript";

declare module "typescript" {
  /**
   * Part of the parser, but not of its public declarations: returns the offset of the first character that is neither space nor comment.
   */
  function skipTrivia(text: string, offset: number): number;
}

/** Parses a text, however incomplete: parts that cannot be parsed are missing or empty. */
export function parse(file: string, text: string): ts.SourceFile {
  const kind = /\.[mc]?js$/.test(file) ? ts.ScriptKind.JS : ts.ScriptKind.TS;
  const options = { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone };
  return ts.createSourceFile(file, text, options, true, kind);
}

/** The offset of a node's first character, after preceding spaces and comments. */
export function startOf(node: ts.Node): number {
  return node.pos === node.end ? node.pos : Math.min(ts.skipTrivia(sourceFileOf(node).text, node.pos), node.end);
}

export function textOf(node: ts.Node): string {
  return sourceFileOf(node).text.slice(startOf(node), node.end);
}

function sourceFileOf(node: ts.Node): ts.SourceFile {
  let root = node;
  while (root.parent) root = root.parent;
  return root as ts.SourceFile;
}
