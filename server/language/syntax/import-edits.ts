import * as ts from "typescript";
import type { TextEdit } from "../text/text-edit.ts";
import { insertion } from "./module-edits.ts";
import type { ModuleSyntax } from "./module-syntax.ts";
import { nameText } from "./nodes.ts";
import { startOf } from "./parse.ts";

export interface NamesOfModule {
  readonly specifier: string;
  readonly names: readonly string[];
  /** Names only used as types. */
  readonly types?: readonly string[];
}

/** Returns the edits that import names of a module, except those already imported. They extend an existing import of the module. */
export function importOf(module: ModuleSyntax, { specifier, names, types = [] }: NamesOfModule): TextEdit[] {
  const isMissing = (name: string) => {
    const known = module.imports.get(name);
    return !(known && known.name === name && sameModule(known.specifier, specifier));
  };
  const written = [...names.filter(isMissing), ...types.filter(isMissing).map((name) => `type ${name}`)];
  if (written.length === 0) return [];
  const list = written.join(", ");
  for (const { importClause, moduleSpecifier } of module.source.statements.filter((statement) => ts.isImportDeclaration(statement))) {
    const bindings = importClause?.namedBindings;
    if (!bindings || !ts.isNamedImports(bindings) || importClause.phaseModifier !== undefined) continue;
    if (!sameModule(nameText(moduleSpecifier) ?? "", specifier)) continue;
    const last = bindings.elements.at(-1);
    return [last ? insertion(module, last.end, `, ${list}`) : insertion(module, startOf(bindings) + 1, ` ${list} `)];
  }
  const { quote, statementEnd, lineEnd } = module.lines;
  const quoted = quote + specifier + quote;
  const line = isCommonJs(module) ? `const { ${list} } = require(${quoted})` : `import { ${list} } from ${quoted}`;
  return [insertion(module, placeOfNewImport(module), line + statementEnd + lineEnd)];
}

/** True if a name means something else in this file. */
export function isNameTaken(module: ModuleSyntax, { specifier, name }: { readonly specifier: string; readonly name: string }): boolean {
  const known = module.imports.get(name);
  return module.declarations.has(name)
    ? known === undefined
    : known !== undefined && !(known.name === name && sameModule(known.specifier, specifier));
}

function sameModule(one: string, other: string): boolean {
  return one.replace(/^node:/, "") === other.replace(/^node:/, "");
}

/** True if `import` does not work in a JavaScript file. */
export function isCommonJs({ file, source, lines }: ModuleSyntax): boolean {
  if (!/\.c?js$/.test(file)) return false;
  const hasModuleSyntax = source.statements.some((statement) => ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement));
  return file.endsWith(".cjs") || (!hasModuleSyntax && /\brequire\s*\(/.test(lines.text));
}

/** Before the first import, or else before the first statement, after any comment about the whole file. */
function placeOfNewImport({ source }: ModuleSyntax): number {
  const first = source.statements.find((statement) => ts.isImportDeclaration(statement)) ?? source.statements[0];
  return first ? startOf(first) : source.end;
}
