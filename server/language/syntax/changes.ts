import * as ts from "typescript";
import { accessRoot, isAssignment, isFunctionWithBody, nodesOf } from "./nodes.ts";
import { type LocalDeclaration, localDeclaration } from "./scope.ts";

/** Mutating methods of arrays, maps and sets. */
const CHANGING: ReadonlySet<string> = new Set([
  "push",
  "pop",
  "shift",
  "unshift",
  "splice",
  "sort",
  "reverse",
  "fill",
  "copyWithin",
  "set",
  "add",
  "delete",
  "clear",
]);
/** Functions of `Object` and `Reflect` that change their first argument. */
const CHANGING_FIRST: ReadonlySet<string> = new Set(["assign", "defineProperty", "defineProperties", "set", "deleteProperty"]);

/** The declaration of a name, or the name itself at the top level. */
type Declared = LocalDeclaration | string;

const known = new WeakMap<ts.Node, ReadonlySet<Declared>>();

/** True if the value of a constant is mutated anywhere in its scope: `list.push(…)`, `options.at = …`, `Object.assign(options, …)`. */
export function isChanged(declaration: ts.VariableDeclaration): boolean {
  if (!ts.isIdentifier(declaration.name)) return true;
  const scope = scopeOf(declaration);
  const changed = known.get(scope) ?? changedIn(scope);
  known.set(scope, changed);
  return changed.has(localDeclaration(declaration.name) ?? ts.idText(declaration.name));
}

function changedIn(scope: ts.Node): ReadonlySet<Declared> {
  const changed = new Set<Declared>();
  for (const node of nodesOf(scope)) {
    const target = changedBy(node);
    const root = target && accessRoot(target);
    if (root && ts.isIdentifier(root)) changed.add(localDeclaration(root) ?? ts.idText(root));
  }
  return changed;
}

/**
 * What a node changes: `a.b` in `a.b = 1`, `a.b++` and `delete a.b`, and the content of `a.b` in `a.b.push(1)` and `Object.assign(a.b, c)`.
 */
function changedBy(node: ts.Node): ts.Expression | undefined {
  return changedPlace(node) ?? changedContent(node);
}

export function changedPlace(node: ts.Node): ts.Expression | undefined {
  if (isAssignment(node)) return node.left;
  if (ts.isDeleteExpression(node)) return node.expression;
  if (ts.isPostfixUnaryExpression(node)) return node.operand;
  if (!ts.isPrefixUnaryExpression(node)) return undefined;
  const isStep = node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken;
  return isStep ? node.operand : undefined;
}

export function changedContent(node: ts.Node): ts.Expression | undefined {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  const { expression: owner, name } = node.expression;
  const isOfObject = ts.isIdentifier(owner) && ["Object", "Reflect"].includes(ts.idText(owner));
  if (isOfObject) return CHANGING_FIRST.has(ts.idText(name)) ? node.arguments[0] : undefined;
  return CHANGING.has(ts.idText(name)) ? owner : undefined;
}

/** The function or file that a variable belongs to. */
function scopeOf(declaration: ts.Node): ts.Node {
  let scope = declaration.parent;
  while (!ts.isSourceFile(scope) && !isFunctionWithBody(scope)) scope = scope.parent;
  return scope;
}
