import * as ts from "typescript";
import type { ModuleSyntax } from "../syntax/module-syntax.ts";
import { isTyped } from "../syntax/module-syntax.ts";
import { accessRoot, bare, isConstant, nameText } from "../syntax/nodes.ts";
import { startOf } from "../syntax/parse.ts";
import { expressionMeaning } from "../workspace/expression-meaning.ts";
import type { Modules } from "../workspace/modules.ts";
import { REFUSED_CLASSES } from "./json-refusal.ts";
import { staticValue } from "./static-value.ts";

/** A part of a value that JSON cannot represent. */
export interface RefusedValue {
  readonly node: ts.Node;
  readonly what: string;
  readonly advice: string;
  /** The replacement expression. */
  readonly instead?: string;
}

const FUNCTION = { what: "a function", advice: "move it to a method of the class" } as const;

/** Yields the literal parts of a value that JSON cannot represent. Values only known at run time are accepted. */
export function* refusedValues(modules: Modules, module: ModuleSyntax, expression: ts.Expression): Generator<RefusedValue> {
  const node = bare(expression);
  const inner = (next: ts.Expression) => refusedValues(modules, module, next);
  // The contents of a spread set or map, not the set itself.
  const spread = (next: ts.Expression) => [...inner(next)].filter((refused) => refused.node !== bare(next));
  if (ts.isObjectLiteralExpression(node)) {
    for (const property of node.properties) {
      if (ts.isMethodDeclaration(property)) yield { node: property.name, ...FUNCTION };
      else if (ts.isPropertyAssignment(property)) yield* inner(property.initializer);
      else if (ts.isShorthandPropertyAssignment(property)) yield* inner(property.name);
      else if (ts.isSpreadAssignment(property)) yield* spread(property.expression);
    }
  } else if (ts.isArrayLiteralExpression(node)) {
    for (const element of node.elements) {
      if (nameText(element) === "undefined" || ts.isVoidExpression(element))
        yield { node: element, what: "undefined in an array", advice: "use null", ...untyped(module, "null") };
      else if (ts.isOmittedExpression(element)) yield { node, what: "an array with a hole", advice: "use null" };
      else yield* ts.isSpreadElement(element) ? spread(element.expression) : inner(element);
    }
  } else if (ts.isConditionalExpression(node)) {
    yield* inner(node.whenTrue);
    yield* inner(node.whenFalse);
  } else if (ts.isBinaryExpression(node) && isLogical(node)) {
    if (node.operatorToken.kind !== ts.SyntaxKind.AmpersandAmpersandToken) yield* inner(node.left);
    yield* inner(node.right);
  } else {
    const refused = refusedLeaf(modules, module, node) ?? refusedConstant(modules, module, node);
    if (refused) yield { node, ...refused };
  }
}

type Leaf = Omit<RefusedValue, "node">;

function isLogical({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return [ts.SyntaxKind.AmpersandAmpersandToken, ts.SyntaxKind.BarBarToken, ts.SyntaxKind.QuestionQuestionToken].includes(kind);
}

function refusedLeaf(modules: Modules, module: ModuleSyntax, node: ts.Expression): Leaf | undefined {
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node) || ts.isClassExpression(node)) return FUNCTION;
  if (ts.isBigIntLiteral(node)) return { what: "a bigint", advice: "use a string", instead: JSON.stringify(node.text.replace(/n$/, "")) };
  if (ts.isRegularExpressionLiteral(node)) return { what: "a RegExp", advice: "use its source as a string" };
  if (ts.isNewExpression(node)) return instanceOf(modules, module, node);
  if (ts.isCallExpression(node)) return answerOf(modules, module, node);
  const number = staticValue(modules, module, node)?.value;
  if (typeof number === "number" && !Number.isFinite(number))
    return { what: String(number), advice: "use null", ...untyped(module, "null") };
  return undefined;
}

/** The name of `const seen = new Set()`. The fix goes where it is created. */
function refusedConstant(modules: Modules, module: ModuleSyntax, node: ts.Expression): Leaf | undefined {
  const meaning = ts.isIdentifier(node) ? expressionMeaning(modules, module, node) : undefined;
  if (meaning?.kind !== "declaration" || !ts.isVariableDeclaration(meaning.declaration)) return undefined;
  const { initializer } = meaning.declaration;
  const refused = isConstant(meaning.declaration) && initializer ? refusedLeaf(modules, meaning.module, bare(initializer)) : undefined;
  return refused && { what: refused.what, advice: refused.advice };
}

/** In a file with types, an incompatible declared type would stand in the way. */
function untyped(module: ModuleSyntax, instead: string): { readonly instead?: string } {
  return isTyped(module) ? {} : { instead };
}

function instanceOf(modules: Modules, module: ModuleSyntax, node: ts.NewExpression): Leaf | undefined {
  const name = nameText(node.expression) ?? "";
  if (expressionMeaning(modules, module, node.expression)?.kind === "class")
    return { what: `an instance of the class ${name}`, advice: "use a plain object" };
  const refused = isDeclared(modules, module, node.expression) ? undefined : REFUSED_CLASSES.get(name);
  if (!refused) return undefined;
  const text = module.lines.text.slice(startOf(node), node.end);
  const instead = name === "Date" ? `${text}.toISOString()` : name === "Set" && node.arguments?.length === 1 ? `[...${text}]` : undefined;
  return { what: `${/^[AEIO]/.test(name) ? "an" : "a"} ${name}`, advice: refused.advice, ...(instead ? { instead } : {}) };
}

function answerOf(modules: Modules, module: ModuleSyntax, { expression }: ts.CallExpression): Leaf | undefined {
  if (isDeclared(modules, module, expression)) return undefined;
  const owner = ts.isPropertyAccessExpression(expression) ? nameText(expression.expression) : undefined;
  const name = nameText(ts.isPropertyAccessExpression(expression) ? expression.name : expression) ?? "";
  if (owner === undefined ? name === "Symbol" : owner === "Symbol" && name === "for") return { what: "a symbol", advice: "use a string" };
  if (owner === undefined ? name === "BigInt" : owner === "BigInt" && name.startsWith("as"))
    return { what: "a bigint", advice: "use a string" };
  if (owner === "Buffer" && ["from", "alloc", "concat"].includes(name))
    return { what: "a Buffer", advice: "use a base64 string or the path of a file" };
  return undefined;
}

/** Names declared or imported by the file mean what it says. */
function isDeclared(modules: Modules, module: ModuleSyntax, expression: ts.Expression): boolean {
  const root = accessRoot(expression);
  if (!ts.isIdentifier(root)) return false;
  const name = ts.idText(root);
  if (name === "Buffer" && /^(?:node:)?buffer$/.test(module.imports.get(name)?.specifier ?? "")) return false;
  return module.imports.has(name) || expressionMeaning(modules, module, root) !== undefined;
}
