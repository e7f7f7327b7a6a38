import * as ts from "typescript";
import { bare, nameText } from "./nodes.ts";

export interface ImportedName {
  /** As written: `./rows.ts`, `background-task-ex`. */
  readonly specifier: string;
  /** Its name in the module: `default` for the default export, `*` for the whole module. */
  readonly name: string;
}

/** The names introduced by imports, and by top-level `require`. */
export function collectImports(source: ts.SourceFile): ReadonlyMap<string, ImportedName> {
  const found = new Map<string, ImportedName>();
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) fromImport(statement, found);
    else if (ts.isImportEqualsDeclaration(statement)) fromImportEquals(statement, found);
    else if (ts.isVariableStatement(statement))
      for (const declaration of statement.declarationList.declarations) fromRequire(declaration, found);
  }
  return found;
}

function fromImport({ importClause, moduleSpecifier }: ts.ImportDeclaration, found: Map<string, ImportedName>): void {
  const specifier = nameText(moduleSpecifier);
  if (specifier === undefined || importClause === undefined) return;
  const add = (local: ts.Identifier, name: string) => found.set(ts.idText(local), { specifier, name });
  if (importClause.name) add(importClause.name, "default");
  const bindings = importClause.namedBindings;
  if (bindings === undefined) return;
  if (ts.isNamespaceImport(bindings)) add(bindings.name, "*");
  else for (const { name, propertyName } of bindings.elements) add(name, nameText(propertyName ?? name) ?? "");
}

function fromImportEquals({ name, moduleReference }: ts.ImportEqualsDeclaration, found: Map<string, ImportedName>): void {
  if (!ts.isExternalModuleReference(moduleReference)) return;
  const specifier = nameText(moduleReference.expression);
  if (specifier !== undefined) found.set(ts.idText(name), { specifier, name: "*" });
}

/** `const fs = require("fs")`, `const { a: b } = require("c")`. */
function fromRequire({ name, initializer }: ts.VariableDeclaration, found: Map<string, ImportedName>): void {
  const specifier = initializer && requiredModule(initializer);
  if (specifier === undefined) return;
  if (ts.isIdentifier(name)) found.set(ts.idText(name), { specifier, name: "*" });
  if (!ts.isObjectBindingPattern(name)) return;
  for (const element of name.elements) {
    const imported = nameText(element.propertyName ?? element.name);
    if (ts.isIdentifier(element.name) && imported !== undefined) found.set(ts.idText(element.name), { specifier, name: imported });
  }
}

/** The string in `require("…")`. */
export function requiredModule(expression: ts.Expression): string | undefined {
  const call = bare(expression);
  if (!ts.isCallExpression(call) || nameText(call.expression) !== "require") return undefined;
  const [specifier] = call.arguments;
  return specifier && ts.isStringLiteralLike(specifier) ? specifier.text : undefined;
}
