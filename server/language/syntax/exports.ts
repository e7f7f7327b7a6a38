import * as ts from "typescript";
import { bare, hasModifier, nameText } from "./nodes.ts";

/** What a name for others stands for: a name of this file, a name of another, or a value that has no name. */
export type ExportedName =
  | { readonly local: string }
  | { readonly specifier: string; readonly name: string }
  | { readonly value: ts.Expression | ts.ClassDeclaration | ts.FunctionDeclaration };

export interface Exports {
  readonly exports: ReadonlyMap<string, ExportedName>;
  readonly starExports: readonly string[];
}

export function collectExports(source: ts.SourceFile): Exports {
  const exports = new Map<string, ExportedName>();
  const starExports: string[] = [];
  for (const statement of source.statements) {
    if (ts.isExportDeclaration(statement)) fromDeclaration(statement, exports, starExports);
    else if (ts.isExportAssignment(statement)) fromValue(statement.expression, exports, "default");
    else if (ts.isExpressionStatement(statement)) fromCommonJs(statement.expression, exports);
    else if (hasModifier(statement, ts.SyntaxKind.ExportKeyword)) fromStatement(statement, exports);
  }
  return { exports, starExports };
}

function fromDeclaration(
  { exportClause, moduleSpecifier }: ts.ExportDeclaration,
  exports: Map<string, ExportedName>,
  starExports: string[],
): void {
  const specifier = nameText(moduleSpecifier);
  if (exportClause === undefined) {
    if (specifier !== undefined) starExports.push(specifier);
  } else if (ts.isNamespaceExport(exportClause)) {
    if (specifier !== undefined) exports.set(nameText(exportClause.name) ?? "", { specifier, name: "*" });
  } else {
    for (const { name, propertyName } of exportClause.elements) {
      const original = nameText(propertyName ?? name) ?? "";
      exports.set(nameText(name) ?? "", specifier === undefined ? { local: original } : { specifier, name: original });
    }
  }
}

/** `export class A {}`, `export default class {}`, `export const a = …`. */
function fromStatement(statement: ts.Statement, exports: Map<string, ExportedName>): void {
  if (ts.isVariableStatement(statement)) {
    for (const { name } of statement.declarationList.declarations)
      if (ts.isIdentifier(name)) exports.set(ts.idText(name), { local: ts.idText(name) });
  } else if (ts.isClassDeclaration(statement) || ts.isFunctionDeclaration(statement)) {
    const local = nameText(statement.name);
    const name = hasModifier(statement, ts.SyntaxKind.DefaultKeyword) ? "default" : local;
    if (name) exports.set(name, local ? { local } : { value: statement });
  } else if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement) || ts.isEnumDeclaration(statement)) {
    exports.set(ts.idText(statement.name), { local: ts.idText(statement.name) });
  }
}

function fromValue(expression: ts.Expression, exports: Map<string, ExportedName>, name: string): void {
  const value = bare(expression);
  exports.set(name, ts.isIdentifier(value) ? { local: ts.idText(value) } : { value });
}

/** `module.exports = { A, B: C }`, `module.exports = A`, `exports.A = A`. */
function fromCommonJs(expression: ts.Expression, exports: Map<string, ExportedName>): void {
  if (!ts.isBinaryExpression(expression) || expression.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return;
  const { left } = expression;
  if (!ts.isPropertyAccessExpression(left)) return;
  const right = bare(expression.right);
  const isModuleExports = (node: ts.Node) =>
    ts.isPropertyAccessExpression(node) && nameText(node.expression) === "module" && nameText(node.name) === "exports";
  if (isModuleExports(left)) {
    if (ts.isObjectLiteralExpression(right)) for (const property of right.properties) fromProperty(property, exports);
    else fromValue(right, exports, "default");
  } else if (nameText(left.expression) === "exports" || isModuleExports(left.expression)) {
    fromValue(right, exports, nameText(left.name) ?? "");
  }
}

function fromProperty(property: ts.ObjectLiteralElementLike, exports: Map<string, ExportedName>): void {
  const name = nameText(property.name);
  if (name === undefined) return;
  if (ts.isShorthandPropertyAssignment(property)) exports.set(name, { local: name });
  else if (ts.isPropertyAssignment(property)) fromValue(property.initializer, exports, name);
}
