import * as ts from "typescript";

/** Yields a node and all nodes below it, top down; skips the children of nodes for which `enter` returns false. */
export function* nodesOf(node: ts.Node, enter: (node: ts.Node) => boolean = () => true): Generator<ts.Node> {
  // Not recursive: `"a" + "b" + …` nests as deep as it is long.
  const waiting = [node];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    yield next;
    if (!enter(next)) continue;
    const children: ts.Node[] = [];
    ts.forEachChild(next, (child) => void children.push(child));
    for (const child of children.reverse()) waiting.push(child);
  }
}

export function isDeeperThan(node: ts.Node, levels: number): boolean {
  // Level by level, because recursion is what the depth is limited for.
  let level = [node];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > levels) return true;
    const next: ts.Node[] = [];
    for (const parent of level) ts.forEachChild(parent, (child) => void next.push(child));
    level = next;
  }
  return false;
}

/** Like `nodesOf`, without the contents of nested functions and classes: the nodes executed along with the node itself. */
export function nodesExecutedIn(node: ts.Node): Generator<ts.Node> {
  return nodesOf(node, (inner) => inner === node || !(ts.isFunctionLike(inner) || ts.isClassLike(inner)));
}

/** Strips what only types or groups an expression: parentheses, `as`, `satisfies`, `!`, `<T>`. */
export function bare(expression: ts.Expression): ts.Expression {
  let inner = expression;
  while (
    ts.isParenthesizedExpression(inner) ||
    ts.isAsExpression(inner) ||
    ts.isSatisfiesExpression(inner) ||
    ts.isNonNullExpression(inner) ||
    ts.isTypeAssertionExpression(inner)
  )
    inner = inner.expression;
  return inner;
}

export function hasModifier(node: ts.Node, kind: ts.ModifierSyntaxKind): boolean {
  return ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === kind);
}

/** The name of a member, property or import if it is literal, not computed. */
export function nameText(name: ts.Node | undefined): string | undefined {
  if (name === undefined) return undefined;
  if (ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) return ts.idText(name);
  if (ts.isStringLiteralLike(name) || ts.isNumericLiteral(name)) return name.text;
  return undefined;
}

/** `const` and `using`. */
export function isConstant({ parent }: ts.VariableDeclaration): boolean {
  return (parent.flags & ts.NodeFlags.Const) !== 0;
}

/** The `a` of `a.b[c]`. */
export function accessRoot(expression: ts.Expression): ts.Expression {
  let root = bare(expression);
  while (ts.isPropertyAccessExpression(root) || ts.isElementAccessExpression(root)) root = bare(root.expression);
  return root;
}

/** A function with a body: a declaration, a method, an arrow. */
export type FunctionWithBody = ts.FunctionLikeDeclaration & { readonly body: ts.ConciseBody };

export function isFunctionWithBody(node: ts.Node | undefined): node is FunctionWithBody {
  return node !== undefined && ts.isFunctionLike(node) && "body" in node && node.body !== undefined;
}

export function enclosingFunction(node: ts.Node): ts.FunctionLikeDeclaration | undefined {
  for (let outer = node.parent; outer; outer = outer.parent) if (ts.isFunctionLike(outer)) return outer as ts.FunctionLikeDeclaration;
  return undefined;
}

/** `=`, `+=` and so on. */
export function isAssignment(node: ts.Node): node is ts.BinaryExpression {
  if (!ts.isBinaryExpression(node)) return false;
  const { kind } = node.operatorToken;
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}
