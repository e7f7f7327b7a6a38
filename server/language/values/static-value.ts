import * as ts from "typescript";
import type { ModuleSyntax } from "../syntax/module-syntax.ts";
import { bare, nameText } from "../syntax/nodes.ts";
import { expressionMeaning } from "../workspace/class-family.ts";
import type { Modules } from "../workspace/modules.ts";

/** A value that is written down. */
export interface Known {
  readonly value: unknown;
}

const UNDEFINED: Known = { value: undefined };
const GLOBALS: Readonly<Record<string, Known>> = {
  undefined: UNDEFINED,
  NaN: { value: Number.NaN },
  Infinity: { value: Number.POSITIVE_INFINITY },
};
const MAXIMUM_DEPTH = 30;

/** The value of an expression made of literals and constants, followed through files; `undefined` where only executing it tells. */
export function staticValue(modules: Modules, module: ModuleSyntax, expression: ts.Expression, depth = 0): Known | undefined {
  if (depth > MAXIMUM_DEPTH) return undefined;
  const known = (inner: ts.Expression) => staticValue(modules, module, inner, depth + 1);
  const node = bare(expression);
  if (ts.isStringLiteralLike(node)) return { value: node.text };
  if (ts.isNumericLiteral(node)) return { value: Number(node.text) };
  if (node.kind === ts.SyntaxKind.TrueKeyword) return { value: true };
  if (node.kind === ts.SyntaxKind.FalseKeyword) return { value: false };
  if (node.kind === ts.SyntaxKind.NullKeyword) return { value: null };
  if (ts.isPrefixUnaryExpression(node)) return negated(node, known(node.operand));
  if (ts.isBinaryExpression(node)) return calculated(node.operatorToken.kind, known(node.left), known(node.right));
  if (ts.isArrayLiteralExpression(node)) return all(node.elements, (element) => (ts.isSpreadElement(element) ? undefined : known(element)));
  if (ts.isObjectLiteralExpression(node)) return objectOf(node, known);
  if (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)) return named(modules, module, node, depth);
  return undefined;
}

function named(
  modules: Modules,
  module: ModuleSyntax,
  node: ts.Identifier | ts.PropertyAccessExpression,
  depth: number,
): Known | undefined {
  const meaning = expressionMeaning(modules, module, node);
  if (meaning?.kind === "declaration" && ts.isVariableDeclaration(meaning.declaration)) {
    const { initializer, parent } = meaning.declaration;
    const isConstant = (parent.flags & ts.NodeFlags.Const) !== 0;
    return isConstant && initializer ? staticValue(modules, meaning.module, initializer, depth + 1) : undefined;
  }
  if (meaning) return undefined;
  if (ts.isIdentifier(node)) return GLOBALS[ts.idText(node)];
  const owner = staticValue(modules, module, node.expression, depth + 1)?.value;
  const name = nameText(node.name) ?? "";
  return typeof owner === "object" && owner !== null && Object.hasOwn(owner, name)
    ? { value: (owner as Record<string, unknown>)[name] }
    : undefined;
}

function negated({ operator }: ts.PrefixUnaryExpression, operand: Known | undefined): Known | undefined {
  if (typeof operand?.value !== "number") return undefined;
  if (operator === ts.SyntaxKind.MinusToken) return { value: -operand.value };
  return operator === ts.SyntaxKind.PlusToken ? operand : undefined;
}

function calculated(operator: ts.BinaryOperator, left: Known | undefined, right: Known | undefined): Known | undefined {
  const [a, b] = [left?.value, right?.value];
  if (operator === ts.SyntaxKind.PlusToken && typeof a === "string" && typeof b === "string") return { value: a + b };
  if (typeof a !== "number" || typeof b !== "number") return undefined;
  switch (operator) {
    case ts.SyntaxKind.PlusToken:
      return { value: a + b };
    case ts.SyntaxKind.MinusToken:
      return { value: a - b };
    case ts.SyntaxKind.AsteriskToken:
      return { value: a * b };
    case ts.SyntaxKind.SlashToken:
      return { value: a / b };
    case ts.SyntaxKind.AsteriskAsteriskToken:
      return { value: a ** b };
    default:
      return undefined;
  }
}

function objectOf(node: ts.ObjectLiteralExpression, known: (inner: ts.Expression) => Known | undefined): Known | undefined {
  const entries = all(node.properties, (property) => {
    const name = nameText(property.name);
    const given = ts.isPropertyAssignment(property)
      ? property.initializer
      : ts.isShorthandPropertyAssignment(property)
        ? property.name
        : undefined;
    const value = given && known(given);
    return name === undefined || !value ? undefined : { value: [name, value.value] };
  });
  return entries && { value: Object.fromEntries(entries.value as [string, unknown][]) };
}

function all<Item>(items: readonly Item[], read: (item: Item) => Known | undefined): { readonly value: unknown[] } | undefined {
  const values: unknown[] = [];
  for (const item of items) {
    const known = read(item);
    if (!known) return undefined;
    values.push(known.value);
  }
  return { value: values };
}
