import * as ts from "typescript";
import { isChanged } from "../syntax/changes.ts";
import { memberNamed } from "../syntax/members.ts";
import { bare, isConstant, nameText, nodesExecutedIn } from "../syntax/nodes.ts";
import { localDeclaration } from "../syntax/scope.ts";
import { staticValue } from "../values/static-value.ts";
import { accessed, expressionMeaning } from "../workspace/expression-meaning.ts";
import type { Site } from "../workspace/written-function.ts";

/** A loop with so few iterations is not a loop over data: a retry, a handful of steps. */
const FEW_ROUNDS = 10;
/** List methods that return as many elements, or fewer. */
const SAME_LENGTH: ReadonlySet<string> = new Set([
  "entries",
  "keys",
  "values",
  "map",
  "filter",
  "sort",
  "reverse",
  "toSorted",
  "toReversed",
]);

type Where = Pick<Site, "modules" | "module">;

/** True if the code shows that a loop ends after a few iterations: it iterates over a literal, or counts. */
export function hasFewRounds(where: Where, loop: ts.IterationStatement): boolean {
  if (ts.isForOfStatement(loop)) return isFew(lengthOf(where, loop.expression));
  if (ts.isForInStatement(loop)) return isFew(entriesOf(where, loop.expression));
  const condition = conditionOf(loop);
  return condition !== undefined && conditionsOf(condition).some((part) => counts(where, loop, part));
}

function conditionOf(loop: ts.IterationStatement): ts.Expression | undefined {
  if (ts.isForStatement(loop)) return loop.condition;
  return ts.isWhileStatement(loop) || ts.isDoStatement(loop) ? loop.expression : undefined;
}

function isFew(rounds: number | undefined): boolean {
  return rounds !== undefined && rounds < FEW_ROUNDS;
}

/** `a && b`: both. */
function conditionsOf(condition: ts.Expression): ts.Expression[] {
  const value = bare(condition);
  if (!ts.isBinaryExpression(value) || value.operatorToken.kind !== ts.SyntaxKind.AmpersandAmpersandToken) return [value];
  return [...conditionsOf(value.left), ...conditionsOf(value.right)];
}

/** The maximum number of elements of a list, if it is a literal. */
function lengthOf(where: Where, list: ts.Expression, depth = 0): number | undefined {
  const value = bare(list);
  if (depth > FEW_ROUNDS) return undefined;
  if (ts.isArrayLiteralExpression(value))
    return value.elements.some((element) => ts.isSpreadElement(element)) ? undefined : value.elements.length;
  if (ts.isCallExpression(value)) return lengthOfCall(where, value, depth);
  return lengthOfNamed(where, value, (declared, inner) => lengthOf(declared, inner, depth + 1));
}

function lengthOfCall(where: Where, { expression, arguments: given }: ts.CallExpression, depth: number): number | undefined {
  const callee = bare(expression);
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const method = nameText(callee.name) ?? "";
  const [first, second] = given;
  if (nameText(callee.expression) === "Object" && ["keys", "values", "entries"].includes(method)) return first && entriesOf(where, first);
  if (SAME_LENGTH.has(method)) return lengthOf(where, callee.expression, depth + 1);
  if (method !== "slice" && method !== "splice") return undefined;
  const [from, to] = [first, second].map((part) => part && numberOf(where, part));
  if (from === undefined || to === undefined || from < 0 || to < 0) return undefined;
  return method === "slice" ? to - from : to;
}

/** How many properties an object has. */
function entriesOf(where: Where, object: ts.Expression): number | undefined {
  const value = bare(object);
  if (ts.isObjectLiteralExpression(value))
    return value.properties.some((property) => ts.isSpreadAssignment(property)) ? undefined : value.properties.length;
  const meaning = expressionMeaning(where.modules, where.module, value);
  if (meaning?.kind === "declaration" && ts.isEnumDeclaration(meaning.declaration)) return meaning.declaration.members.length;
  return lengthOfNamed(where, value, entriesOf);
}

/** For a constant that is never changed, or a static property. */
function lengthOfNamed(
  where: Where,
  value: ts.Expression,
  length: (where: Where, value: ts.Expression) => number | undefined,
): number | undefined {
  const { modules } = where;
  const meaning = expressionMeaning(modules, where.module, value);
  if (meaning?.kind === "declaration") {
    const { declaration, module } = meaning;
    const isKnown = ts.isVariableDeclaration(declaration) && isConstant(declaration) && !isChanged(declaration);
    return isKnown && declaration.initializer ? length({ modules, module }, declaration.initializer) : undefined;
  }
  const access = accessed(value);
  const owner = access && expressionMeaning(modules, where.module, access.owner);
  if (owner?.kind !== "class") return undefined;
  const member = memberNamed(owner.class.node, access?.name ?? "", { isStatic: true });
  return member && ts.isPropertyDeclaration(member) && member.initializer
    ? length({ modules, module: owner.module }, member.initializer)
    : undefined;
}

/** `i < 3`, `attempt++ <= LIMIT`, `left > 0` starting at 3: each with a variable counted in the loop. */
function counts(where: Where, loop: ts.IterationStatement, condition: ts.Expression): boolean {
  if (!ts.isBinaryExpression(condition)) return false;
  const counter = counterOf(condition.left);
  if (!counter || !isCountedIn(loop, counter)) return false;
  switch (condition.operatorToken.kind) {
    case ts.SyntaxKind.LessThanToken:
    case ts.SyntaxKind.LessThanEqualsToken:
      return isFew(numberOf(where, condition.right));
    case ts.SyntaxKind.GreaterThanToken:
    case ts.SyntaxKind.GreaterThanEqualsToken: {
      const declaration = localDeclaration(counter);
      const start = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
      return start !== undefined && isFew(numberOf(where, start)) && numberOf(where, condition.right) !== undefined;
    }
    default:
      return false;
  }
}

/** The `i` of `i`, `i++` and `++i`. */
function counterOf(expression: ts.Expression): ts.Identifier | undefined {
  const value = bare(expression);
  if (ts.isPrefixUnaryExpression(value) || ts.isPostfixUnaryExpression(value)) return counterOf(value.operand);
  return ts.isIdentifier(value) ? value : undefined;
}

function isCountedIn(loop: ts.IterationStatement, counter: ts.Identifier): boolean {
  return [...nodesExecutedIn(loop)].some((node) => {
    const isStep = ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node);
    const target = isStep ? node.operand : isSum(node) ? node.left : undefined;
    return target !== undefined && ts.isIdentifier(target) && ts.idText(target) === ts.idText(counter);
  });
}

function isSum(node: ts.Node): node is ts.BinaryExpression {
  if (!ts.isBinaryExpression(node)) return false;
  return [ts.SyntaxKind.PlusEqualsToken, ts.SyntaxKind.MinusEqualsToken].includes(node.operatorToken.kind);
}

function numberOf({ modules, module }: Where, expression: ts.Expression): number | undefined {
  const value = staticValue(modules, module, expression)?.value;
  return typeof value === "number" ? value : undefined;
}
