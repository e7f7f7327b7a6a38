import * as ts from "typescript";
import { requiredModule } from "./imports.ts";
import { bare, hasModifier, nameText, nodesOf } from "./nodes.ts";
import { declaredIn } from "./scope.ts";

/** What an exported name refers to: a name in this file, a name in another, or an anonymous value. */
export type ExportedName =
  | { readonly local: string }
  | { readonly specifier: string; readonly name: string }
  | { readonly value: ts.Expression | ts.ClassDeclaration | ts.FunctionDeclaration };

/**
 * Exports that the engine finds but no import can name are kept under impossible names: `default.A` for `export default { A }`, and `?.A`
 * if only executing the file shows what becomes of A: `Object.assign(exports, make(A))`.
 */
export function isImportable(name: string): boolean {
  return !name.includes(".");
}

export interface Exports {
  readonly exports: ReadonlyMap<string, ExportedName>;
  readonly starExports: readonly string[];
}

export function collectExports(source: ts.SourceFile): Exports {
  const exports = new Map<string, ExportedName>();
  const starExports: string[] = [];
  for (const statement of source.statements) {
    if (ts.isExportDeclaration(statement)) fromDeclaration(statement, exports, starExports);
    else if (ts.isExportAssignment(statement)) fromDefault(source, statement.expression, exports);
    else if (ts.isExpressionStatement(statement)) fromCommonJs(statement.expression, exports, starExports);
    else if (hasModifier(statement, ts.SyntaxKind.ExportKeyword)) fromStatement(source, statement, exports);
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
function fromStatement(source: ts.SourceFile, statement: ts.Statement, exports: Map<string, ExportedName>): void {
  if (ts.isVariableStatement(statement)) {
    for (const [name] of declaredIn(statement)) exports.set(name, { local: name });
    for (const { name, initializer } of statement.declarationList.declarations)
      if (!ts.isIdentifier(name) && initializer) fromUnknown(declaredValue(source, initializer), exports);
  } else if (ts.isClassDeclaration(statement) || ts.isFunctionDeclaration(statement)) {
    const local = nameText(statement.name);
    const name = hasModifier(statement, ts.SyntaxKind.DefaultKeyword) ? "default" : local;
    if (name) exports.set(name, local ? { local } : { value: statement });
  } else if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement) || ts.isEnumDeclaration(statement)) {
    exports.set(ts.idText(statement.name), { local: ts.idText(statement.name) });
  }
}

/** `export default A`, `export default { A }`, `export = { A }`. */
function fromDefault(source: ts.SourceFile, expression: ts.Expression, exports: Map<string, ExportedName>): void {
  fromValue(expression, exports, "default");
  const value = declaredValue(source, expression);
  if (ts.isObjectLiteralExpression(value)) for (const property of value.properties) fromProperty(property, exports, "default.");
}

function fromValue(expression: ts.Expression, exports: Map<string, ExportedName>, name: string): void {
  const value = bare(expression);
  exports.set(name, ts.isIdentifier(value) ? { local: ts.idText(value) } : { value });
}

function fromUnknown(node: ts.Node, exports: Map<string, ExportedName>): void {
  for (const inner of nodesOf(node)) if (ts.isIdentifier(inner)) exports.set(`?.${ts.idText(inner)}`, { local: ts.idText(inner) });
}

/** The value of a variable of the file, or the expression itself. */
function declaredValue({ statements }: ts.SourceFile, expression: ts.Expression): ts.Expression {
  const value = bare(expression);
  if (!ts.isIdentifier(value)) return value;
  const declarations = statements.flatMap((statement) => (ts.isVariableStatement(statement) ? statement.declarationList.declarations : []));
  const declared = declarations.find(({ name }) => nameText(name) === ts.idText(value));
  return declared?.initializer ? bare(declared.initializer) : value;
}

/** `module.exports = { A, B: C }`, `module.exports = A`, `exports.A = A`, `Object.assign(exports, { A })`. */
function fromCommonJs(expression: ts.Expression, exports: Map<string, ExportedName>, starExports: string[]): void {
  if (ts.isCallExpression(expression)) {
    const [target, ...given] = expression.arguments;
    if (target && isExports(target)) for (const argument of given) fromUnknown(argument, exports);
    return;
  }
  if (!ts.isBinaryExpression(expression) || expression.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return;
  const { left } = expression;
  if (!ts.isPropertyAccessExpression(left)) return;
  const right = bare(expression.right);
  if (!isModuleExports(left)) {
    if (isExports(left.expression)) fromValue(right, exports, nameText(left.name) ?? "");
  } else if (ts.isObjectLiteralExpression(right)) {
    for (const property of right.properties) {
      const passedOn = ts.isSpreadAssignment(property) ? requiredModule(property.expression) : undefined;
      if (passedOn === undefined) fromProperty(property, exports);
      else starExports.push(passedOn);
    }
  } else fromValue(right, exports, "default");
}

function isExports(node: ts.Node): boolean {
  return nameText(node) === "exports" || isModuleExports(node);
}

function isModuleExports(node: ts.Node): boolean {
  return ts.isPropertyAccessExpression(node) && nameText(node.expression) === "module" && nameText(node.name) === "exports";
}

function fromProperty(property: ts.ObjectLiteralElementLike, exports: Map<string, ExportedName>, prefix = ""): void {
  const name = nameText(property.name);
  if (name === undefined) return;
  if (ts.isShorthandPropertyAssignment(property)) exports.set(prefix + name, { local: name });
  else if (ts.isPropertyAssignment(property)) fromValue(property.initializer, exports, prefix + name);
}
