import * as ts from "typescript";
import type { ModuleSyntax } from "../syntax/module-syntax.ts";
import { bare, nameText } from "../syntax/nodes.ts";
import { startOf } from "../syntax/parse.ts";
import { expressionMeaning } from "../workspace/class-family.ts";
import type { Modules } from "../workspace/modules.ts";
import { REFUSED_CLASSES } from "./json-refusal.ts";

/** A part of a value that JSON cannot hold. */
export interface RefusedValue {
  readonly node: ts.Node;
  readonly what: string;
  readonly advice: string;
  /** The expression to write instead. */
  readonly instead?: string;
}

/** The parts of a value, as it is written down, that JSON cannot hold. What is only known at run time is let through. */
export function* refusedValues(modules: Modules, module: ModuleSyntax, expression: ts.Expression): Generator<RefusedValue> {
  const node = bare(expression);
  const inner = (next: ts.Expression) => refusedValues(modules, module, next);
  // What a spread set or map holds, not the set itself.
  const spread = (next: ts.Expression) => [...inner(next)].filter((refused) => refused.node !== bare(next));
  if (ts.isObjectLiteralExpression(node)) {
    for (const property of node.properties) {
      if (ts.isMethodDeclaration(property)) yield { node: property.name, what: "a function", advice: "put it into a method of the class" };
      else if (ts.isPropertyAssignment(property)) yield* inner(property.initializer);
      else if (ts.isSpreadAssignment(property)) yield* spread(property.expression);
    }
  } else if (ts.isArrayLiteralExpression(node)) {
    for (const element of node.elements) {
      if (nameText(element) === "undefined" || ts.isVoidExpression(element))
        yield { node: element, what: "undefined in an array", advice: "use null", instead: "null" };
      else if (ts.isOmittedExpression(element)) yield { node, what: "an array with a hole", advice: "use null" };
      else yield* ts.isSpreadElement(element) ? spread(element.expression) : inner(element);
    }
  } else if (ts.isConditionalExpression(node)) {
    yield* inner(node.whenTrue);
    yield* inner(node.whenFalse);
  } else if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    if (kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken) {
      yield* inner(node.left);
      yield* inner(node.right);
    }
  } else {
    const refused = refusedLeaf(modules, module, node);
    if (refused) yield { node, ...refused };
  }
}

function refusedLeaf(modules: Modules, module: ModuleSyntax, node: ts.Expression): Omit<RefusedValue, "node"> | undefined {
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node) || ts.isClassExpression(node))
    return { what: "a function", advice: "put it into a method of the class" };
  if (ts.isBigIntLiteral(node)) return { what: "a bigint", advice: "use a string", instead: JSON.stringify(node.text.replace(/n$/, "")) };
  if (ts.isRegularExpressionLiteral(node)) return { what: "a RegExp", advice: "use its source as a string" };
  const name = nameText(node);
  if (ts.isIdentifier(node) && (name === "NaN" || name === "Infinity") && !isDeclared(modules, module, node))
    return { what: name, advice: "use null", instead: "null" };
  if (ts.isNewExpression(node)) return instanceOf(modules, module, node);
  if (ts.isCallExpression(node)) return answerOf(modules, module, node);
  return undefined;
}

function instanceOf(modules: Modules, module: ModuleSyntax, node: ts.NewExpression): Omit<RefusedValue, "node"> | undefined {
  const name = nameText(node.expression) ?? "";
  if (expressionMeaning(modules, module, node.expression)?.kind === "class")
    return { what: `an instance of the class ${name}`, advice: "use a plain object" };
  const refused = isDeclared(modules, module, node.expression) ? undefined : REFUSED_CLASSES.get(name);
  if (!refused) return undefined;
  const text = module.lines.text.slice(startOf(node), node.end);
  const instead = name === "Date" ? `${text}.toISOString()` : name === "Set" && node.arguments?.length === 1 ? `[...${text}]` : undefined;
  return { what: `${/^[AEIO]/.test(name) ? "an" : "a"} ${name}`, advice: refused.advice, ...(instead ? { instead } : {}) };
}

function answerOf(modules: Modules, module: ModuleSyntax, { expression }: ts.CallExpression): Omit<RefusedValue, "node"> | undefined {
  if (isDeclared(modules, module, expression)) return undefined;
  const name = nameText(expression);
  if (name === "Symbol") return { what: "a symbol", advice: "use a string" };
  if (name === "BigInt") return { what: "a bigint", advice: "use a string" };
  if (
    ts.isPropertyAccessExpression(expression) &&
    nameText(expression.expression) === "Buffer" &&
    ["from", "alloc"].includes(nameText(expression.name) ?? "")
  )
    return { what: "a Buffer", advice: "use a base64 string or the path of a file" };
  return undefined;
}

/** Names that the file itself declares or imports mean what it says. */
function isDeclared(modules: Modules, module: ModuleSyntax, expression: ts.Expression): boolean {
  let owner = bare(expression);
  while (ts.isPropertyAccessExpression(owner)) owner = bare(owner.expression);
  if (!ts.isIdentifier(owner)) return false;
  const name = ts.idText(owner);
  if (name === "Buffer" && /^(?:node:)?buffer$/.test(module.imports.get(name)?.specifier ?? "")) return false;
  return module.imports.has(name) || modules.meaningOf(module, name) !== undefined;
}
