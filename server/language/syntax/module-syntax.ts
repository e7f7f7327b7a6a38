import * as ts from "typescript";
import { Lines } from "../text/lines.ts";
import { type ClassSyntax, classesOf } from "./class-syntax.ts";
import { collectExports, type ExportedName } from "./exports.ts";
import { collectImports, type ImportedName } from "./imports.ts";
import { isDeeperThan, nameText } from "./nodes.ts";
import { parse } from "./parse.ts";
import { declaredIn } from "./scope.ts";
import { MAXIMUM_DEPTH, MAXIMUM_LENGTH, TOO_DEEP, TOO_LONG, type Unanalysed, unanalysedBy } from "./unanalysed.ts";

/** A parsed file, and what its names refer to. */
export interface ModuleSyntax {
  /** Absolute path. */
  readonly file: string;
  readonly source: ts.SourceFile;
  readonly lines: Lines;
  /** By their names in this file. */
  readonly imports: ReadonlyMap<string, ImportedName>;
  /** By their exported names. */
  readonly exports: ReadonlyMap<string, ExportedName>;
  /** The modules in `export * from`. */
  readonly starExports: readonly string[];
  /** Top-level functions, classes, types, enums and variables, by name. The first one if there are several declarations. */
  readonly declarations: ReadonlyMap<string, Declaration>;
  /** Top-level classes, in order. */
  readonly classes: readonly ClassSyntax[];
  /** By their names in this file. The first one if there are several. */
  readonly classesByName: ReadonlyMap<string, ClassSyntax>;
  /** If it is there, everything else is as in an empty file. */
  readonly unanalysed?: Unanalysed;
}

export type Declaration =
  | ts.FunctionDeclaration
  | ts.ClassDeclaration
  | ts.InterfaceDeclaration
  | ts.TypeAliasDeclaration
  | ts.EnumDeclaration
  | ts.VariableDeclaration
  | ts.BindingElement;

/** Never throws: a text that cannot be analysed costs its file, and no other. @param read returns the text, once. */
export function readModule(file: string, read: () => string): ModuleSyntax {
  try {
    const text = read();
    if (text.length > MAXIMUM_LENGTH) return unanalysedModule(file, TOO_LONG);
    const module = moduleOf(file, text);
    return isDeeperThan(module.source, MAXIMUM_DEPTH) ? unanalysedModule(file, TOO_DEEP) : module;
  } catch (error) {
    return unanalysedModule(file, unanalysedBy(error));
  }
}

function unanalysedModule(file: string, unanalysed: Unanalysed): ModuleSyntax {
  return { ...moduleOf(file, ""), unanalysed };
}

function moduleOf(file: string, text: string): ModuleSyntax {
  const source = parse(file, text);
  const { exports, starExports } = collectExports(source);
  const classes = classesOf(source);
  return {
    file,
    source,
    lines: new Lines(text),
    imports: collectImports(source),
    exports,
    starExports,
    declarations: collectDeclarations(source),
    classes,
    classesByName: new Map(
      classes.flatMap((found) => (found.localName === undefined ? [] : [[found.localName, found] as const])).reverse(),
    ),
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

/** True if a file may contain types. */
export function isTyped({ file }: Pick<ModuleSyntax, "file">): boolean {
  return !/\.[mc]?js$/.test(file);
}
