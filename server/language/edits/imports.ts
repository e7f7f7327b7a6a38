import * as ts from "typescript";
import type { ModuleSyntax } from "../syntax/module-syntax.ts";
import { nameText } from "../syntax/nodes.ts";
import { startOf } from "../syntax/parse.ts";
import { insertion } from "../text/change.ts";
import type { TextEdit } from "../text/text-edit.ts";

/** The edits that make a name of a module known; none where it is. Joins an import of the module that is there. */
export function importOf(module: ModuleSyntax, name: string, specifier: string, { isType = false } = {}): TextEdit[] {
  const known = module.imports.get(name);
  if (known && sameModule(known.specifier, specifier) && known.name === name) return [];
  const written = `${isType ? "type " : ""}${name}`;
  for (const statement of module.source.statements) {
    if (!ts.isImportDeclaration(statement) || !sameModule(nameText(statement.moduleSpecifier) ?? "", specifier)) continue;
    const clause = statement.importClause;
    const bindings = clause?.namedBindings;
    if (!bindings || !ts.isNamedImports(bindings) || clause.phaseModifier !== undefined) continue;
    const last = bindings.elements.at(-1);
    return [last ? insertion(module, last.end, `, ${written}`) : insertion(module, startOf(bindings) + 1, ` ${written} `)];
  }
  return [insertion(module, placeOfNewImport(module), `import { ${written} } from "${specifier}";${module.lines.lineEnd}`)];
}

function sameModule(one: string, other: string): boolean {
  return one.replace(/^node:/, "") === other.replace(/^node:/, "");
}

/** Before the first import; without one before the first statement, after what is said of the file as a whole. */
function placeOfNewImport({ source }: ModuleSyntax): number {
  const first = source.statements.find((statement) => ts.isImportDeclaration(statement)) ?? source.statements[0];
  return first ? startOf(first) : source.end;
}
