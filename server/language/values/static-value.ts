import * as ts from "typescript";
import { isChanged } from "../syntax/changes.ts";
import { memberNamed } from "../syntax/members.ts";
import type { ModuleSyntax } from "../syntax/module-syntax.ts";
import { bare, hasModifier, isConstant, nameText } from "../syntax/nodes.ts";
import { accessed, expressionMeaning } from "../workspace/expression-meaning.ts";
import type { Modules } from "../workspace/modules.ts";

/** A literal value. */
export interface Known {
  readonly value: unknown;
}

const UNDEFINED: Known = { value: undefined };
const GLOBALS: Readonly<Record<string, Known>> = {
  undefined: UNDEFINED,
  NaN: { value: Number.NaN },
  Infinity: { value: Number.POSITIVE_INFINITY },
};
const NUMBERS = [
  "NaN",
  "POSITIVE_INFINITY",
  "NEGATIVE_INFINITY",
  "MAX_SAFE_INTEGER",
  "MIN_SAFE_INTEGER",
  "MAX_VALUE",
  "MIN_VALUE",
  "EPSILON",
] as const;
const MAXIMUM_DEPTH = 30;

/** The value of an expression of literals and constants, followed across files; `undefined` if it is only known at run time. */
export function staticValue(modules: Modules, module: ModuleSyntax, expression: ts.Expression, depth = 0): Known | undefined {
  if (depth > MAXIMUM_DEPTH) return undefined;
  const known = (inner: ts.Expression) => staticValue(modules, module, inner, depth + 1);
  const node = bare(expression);
  if (ts.isStringLiteralLike(node)) return { value: node.text };
  if (ts.isNumericLiteral(node)) return { value: Number(node.text) };
  if (node.kind === ts.SyntaxKind.TrueKeyword) return { value: true };
  if (node.kind === ts.SyntaxKind.FalseKeyword) return { value: false };
  if (node.kind === ts.SyntaxKind.NullKeyword) return { value: null };
  if (ts.isTemplateExpression(node)) return templateOf(node, known);
  if (ts.isPrefixUnaryExpression(node)) return negated(node, known(node.operand));
  if (ts.isBinaryExpression(node)) return calculated(node.operatorToken.kind, known(node.left), known(node.right));
  if (ts.isArrayLiteralExpression(node)) return all(node.elements, (element) => (ts.isSpreadElement(element) ? undefined : known(element)));
  if (ts.isObjectLiteralExpression(node)) return objectOf(node, known);
  if (ts.isIdentifier(node) || accessed(node)) return named(modules, module, node, depth);
  return undefined;
}

function named(modules: Modules, module: ModuleSyntax, node: ts.Expression, depth: number): Known | undefined {
  const meaning = expressionMeaning(modules, module, node);
  if (meaning?.kind === "declaration" && ts.isVariableDeclaration(meaning.declaration)) {
    const { declaration } = meaning;
    const isKnown = isConstant(declaration) && declaration.initializer && !isChanged(declaration);
    return isKnown ? staticValue(modules, meaning.module, declaration.initializer, depth + 1) : undefined;
  }
  if (meaning) return undefined;
  if (ts.isIdentifier(node)) return GLOBALS[ts.idText(node)];
  const access = accessed(node);
  return access && memberValueOf(modules, module, access, depth);
}

function memberValueOf(
  modules: Modules,
  module: ModuleSyntax,
  { owner, name }: { readonly owner: ts.Expression; readonly name: string },
  depth: number,
): Known | undefined {
  const meaning = expressionMeaning(modules, module, owner);
  if (meaning?.kind === "class") {
    const member = memberNamed(meaning.class.node, name, { isStatic: true });
    const isFixed = member && ts.isPropertyDeclaration(member) && hasModifier(member, ts.SyntaxKind.ReadonlyKeyword);
    return isFixed && member.initializer ? staticValue(modules, meaning.module, member.initializer, depth + 1) : undefined;
  }
  if (meaning?.kind === "declaration" && ts.isEnumDeclaration(meaning.declaration))
    return enumMember(meaning.declaration, name, (inner) => staticValue(modules, meaning.module, inner, depth + 1));
  if (!meaning && nameText(bare(owner)) === "Number") {
    const constant = NUMBERS.find((known) => known === name);
    return constant && { value: Number[constant] };
  }
  const whole = staticValue(modules, module, owner, depth + 1)?.value;
  return typeof whole === "object" && whole !== null && Object.hasOwn(whole, name)
    ? { value: (whole as Record<string, unknown>)[name] }
    : undefined;
}

/** Members without a value follow the previous one, starting at 0. */
function enumMember({ members }: ts.EnumDeclaration, name: string, known: (inner: ts.Expression) => Known | undefined): Known | undefined {
  let next: Known | undefined = { value: 0 };
  for (const member of members) {
    const own: Known | undefined = member.initializer ? known(member.initializer) : next;
    if (nameText(member.name) === name) return own;
    next = typeof own?.value === "number" ? { value: own.value + 1 } : undefined;
  }
  return undefined;
}

function templateOf({ head, templateSpans }: ts.TemplateExpression, known: (inner: ts.Expression) => Known | undefined): Known | undefined {
  let text = head.text;
  for (const { expression, literal } of templateSpans) {
    const part = known(expression)?.value;
    if (typeof part !== "string" && typeof part !== "number") return undefined;
    text += part + literal.text;
  }
  return { value: text };
}

function negated({ operator }: ts.PrefixUnaryExpression, operand: Known | undefined): Known | undefined {
  if (operator === ts.SyntaxKind.ExclamationToken) return typeof operand?.value === "boolean" ? { value: !operand.value } : undefined;
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
  const parts = all(node.properties, (property) => {
    if (ts.isSpreadAssignment(property)) return known(property.expression);
    const name = nameText(property.name);
    const given = ts.isPropertyAssignment(property)
      ? property.initializer
      : ts.isShorthandPropertyAssignment(property)
        ? property.name
        : undefined;
    const value = given && known(given);
    return name === undefined || !value ? undefined : { value: { [name]: value.value } };
  });
  return parts && { value: Object.assign({}, ...parts.value) };
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
