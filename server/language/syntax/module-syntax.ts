import * as ts from "typescript";
import { Lines } from "../text/lines.ts";
import { type ClassSyntax, classesOf } from "./class-syntax.ts";
import { collectExports, type ExportedName } from "./exports.ts";
import { collectImports, type ImportedName } from "./imports.ts";
import { nameText } from "./nodes.ts";
import { parse } from "./parse.ts";
import { declaredIn } from "./scope.ts";

/** A file, parsed, with what its names stand for. */
export interface ModuleSyntax {
  /** Absolute path. */
  readonly file: string;
  readonly source: ts.SourceFile;
  readonly lines: Lines;
  /** By the name they have in this file. */
  readonly imports: ReadonlyMap<string, ImportedName>;
  /** By the name they have for others. */
  readonly exports: ReadonlyMap<string, ExportedName>;
  /** What `export * from` names. */
  readonly starExports: readonly string[];
  /** Functions, classes, types, enums and variables of the top level, by name. Of those with several declarations the first. */
  readonly declarations: ReadonlyMap<string, Declaration>;
  /** Those of the top level, in order. */
  readonly classes: readonly ClassSyntax[];
}

export type Declaration =
  | ts.FunctionDeclaration
  | ts.ClassDeclaration
  | ts.InterfaceDeclaration
  | ts.TypeAliasDeclaration
  | ts.EnumDeclaration
  | ts.VariableDeclaration
  | ts.BindingElement;

export function readModule(file: string, text: string): ModuleSyntax {
  const source = parse(file, text);
  const { exports, starExports } = collectExports(source);
  return {
    file,
    source,
    lines: new Lines(text),
    imports: collectImports(source),
    exports,
    starExports,
    declarations: collectDeclarations(source),
    classes: classesOf(source),
  };
}

function collectDeclarations(source: ts.SourceFile): ReadonlyMap<string, Declaration> {
  const found = new Map<string, Declaration>();
  const add = (declaration: Declaration) => {
    const name = nameText(declaration.name);
    if (name !== undefined && !found.has(name)) found.set(name, declaration);
  };
  for (const statement of source.statements) {
    if (ts.isVariableStatement(statement)) for (const [, declaration] of declaredIn(statement)) add(declaration);
    else if (
      ts.isFunctionDeclaration(statement) ||
      ts.isClassDeclaration(statement) ||
      ts.isInterfaceDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement) ||
      ts.isEnumDeclaration(statement)
    )
      add(statement);
  }
  return found;
}

/** Whether types may be written in a file. */
export function isTyped({ file }: Pick<ModuleSyntax, "file">): boolean {
  return !/\.[mc]?js$/.test(file);
}
