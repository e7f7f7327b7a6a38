import * as ts from "typescript";
import { bare, isConstant, nameText } from "./nodes.ts";
import { localDeclaration } from "./scope.ts";

/** The name in `this.<name>` and `this["<name>"]`, also if `this` has an alias. */
export function memberOfThis(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) return isThis(node.expression) ? nameText(node.name) : undefined;
  if (!ts.isElementAccessExpression(node) || !ts.isStringLiteralLike(node.argumentExpression)) return undefined;
  return isThis(node.expression) ? node.argumentExpression.text : undefined;
}

/** `this`, or the `self` of `const self = this`. */
export function isThis(expression: ts.Expression): boolean {
  const value = bare(expression);
  if (value.kind === ts.SyntaxKind.ThisKeyword) return true;
  const declaration = ts.isIdentifier(value) ? localDeclaration(value) : undefined;
  if (!declaration || !ts.isVariableDeclaration(declaration) || !declaration.initializer || !isConstant(declaration)) return false;
  return bare(declaration.initializer).kind === ts.SyntaxKind.ThisKeyword;
}
