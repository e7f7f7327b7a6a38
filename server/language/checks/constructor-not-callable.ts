import * as ts from "typescript";
import type { ClassSyntax } from "../syntax/class-syntax.ts";
import { type FunctionWithBody, isConstant, isFunctionWithBody, nameText, nodesExecutedIn, nodesOf } from "../syntax/nodes.ts";
import { startOf } from "../syntax/parse.ts";
import { localDeclaration } from "../syntax/scope.ts";
import { superclassOf } from "../workspace/class-family.ts";
import { expressionMeaning } from "../workspace/expression-meaning.ts";
import type { Check, CheckContext, CheckedClass } from "./check.ts";

/** The arguments the engine passes to a constructor. */
const HANDED = { task: ["params"], action: ["params", "options"], process: [] } as const;
const NO_OBJECTS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.StringKeyword,
  ts.SyntaxKind.NumberKeyword,
  ts.SyntaxKind.BooleanKeyword,
  ts.SyntaxKind.BigIntKeyword,
  ts.SyntaxKind.SymbolKeyword,
  ts.SyntaxKind.ArrayType,
  ts.SyntaxKind.TupleType,
  ts.SyntaxKind.FunctionType,
  ts.SyntaxKind.LiteralType,
]);

/** The engine creates tasks and actions again in each tick, from their stored state. */
export const constructorNotCallable: Check = {
  code: "constructor-not-callable",
  defaultSeverity: "error",
  title: "The engine cannot call a constructor",
  *run(context) {
    for (const checked of context.classes) {
      const { kind, class: found } = checked;
      if (kind === undefined || found.isAbstract) continue;
      const declared = constructorOf(found);
      const inherited = declared ? undefined : inheritedConstructor(checked);
      const problem = declared ? problemOf(context, checked, declared) : inherited && needsTooMuch(checked, inherited);
      if (problem === undefined) continue;
      yield {
        at: declared ? keywordOf(context, declared) : found.nameNode,
        message: `The engine creates each ${found.name} with new ${found.name}(${HANDED[kind].join(", ")}), but ${declared ? "its" : "the inherited"} constructor ${problem}.`,
      };
    }
  },
};

function constructorOf({ node }: ClassSyntax): FunctionWithBody | undefined {
  const declared = node.members.find((member) => ts.isConstructorDeclaration(member) && member.body !== undefined);
  return isFunctionWithBody(declared) ? declared : undefined;
}

/** Inherited from abstract classes: concrete ones are instantiated themselves, and reported there. */
function inheritedConstructor({ line }: CheckedClass): FunctionWithBody | undefined {
  for (const { class: ancestor } of line.slice(1)) {
    if (!ancestor.isAbstract) return undefined;
    const declared = constructorOf(ancestor);
    if (declared) return declared;
  }
  return undefined;
}

function keywordOf({ module: { lines } }: CheckContext, declared: FunctionWithBody) {
  const start = lines.text.indexOf("constructor", startOf(declared));
  return lines.range(start, start + "constructor".length);
}

function needsTooMuch({ kind }: CheckedClass, { parameters }: FunctionWithBody): string | undefined {
  const handed = HANDED[kind ?? "process"];
  const required = parameters.filter(
    ({ name, questionToken, initializer, dotDotDotToken }) =>
      nameText(name) !== "this" && !questionToken && !initializer && !dotDotDotToken,
  );
  if (required.length <= handed.length) return undefined;
  if (handed.length === 0) return "requires parameters: read what it needs inside process";
  return `requires ${required.length} parameters: pass what it needs in its params, or read it in ${kind === "task" ? "createActions" : "executeAction"}`;
}

function problemOf(context: CheckContext, checked: CheckedClass, declared: FunctionWithBody): string | undefined {
  const tooMuch = needsTooMuch(checked, declared);
  if (tooMuch !== undefined || checked.kind === "process") return tooMuch;
  const [first] = declared.parameters.filter(({ name }) => nameText(name) !== "this");
  if (first?.type && !first.dotDotDotToken && NO_OBJECTS.has(first.type.kind))
    return `takes ${nameText(first.name) ?? "something else"} first: take the params object and pass it to super`;
  return losesParams(context, checked, declared, first)
    ? "does not pass the params to super unchanged, so saved values are lost: start with super(params)"
    : undefined;
}

/** The parameters of the superclass's constructor are only known for our base classes. */
function losesParams(
  { modules, module }: CheckContext,
  { class: found }: CheckedClass,
  declared: FunctionWithBody,
  first: ts.ParameterDeclaration | undefined,
): boolean {
  const superclass = superclassOf(found);
  if (!superclass || expressionMeaning(modules, module, superclass.expression)?.kind !== "package") return false;
  const given = superArgument(declared);
  if (!given) return false;
  if (!first) return ts.isObjectLiteralExpression(given) && given.properties.length > 0;
  if (!ts.isIdentifier(first.name) || first.dotDotDotToken || ts.idText(first.name).startsWith("_")) return false;
  const name = ts.idText(first.name);
  const isFirst = (node: ts.Node | undefined) => node !== undefined && ts.isIdentifier(node) && ts.idText(node) === name;
  if (!isMadeFrom(given)) return true;
  // super({ table }): the params nested in the params.
  return (
    ts.isObjectLiteralExpression(given) &&
    given.properties.some(
      (property) =>
        (ts.isShorthandPropertyAssignment(property) && isFirst(property.name)) ||
        (ts.isPropertyAssignment(property) && isFirst(property.initializer)),
    )
  );
}

/** True if a value depends on the parameters: it mentions one, or a variable that depends on one or may be set to one. */
function isMadeFrom(value: ts.Node, seen: Set<ts.Node> = new Set()): boolean {
  return [...nodesOf(value)].some((node) => {
    const declaration = ts.isIdentifier(node) ? localDeclaration(node) : undefined;
    if (!declaration || seen.has(declaration)) return false;
    seen.add(declaration);
    if (!ts.isVariableDeclaration(declaration) || !isConstant(declaration)) return true;
    return declaration.initializer !== undefined && isMadeFrom(declaration.initializer, seen);
  });
}

function superArgument({ body }: FunctionWithBody): ts.Expression | undefined {
  for (const node of nodesExecutedIn(body)) {
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword) {
      const [given] = node.arguments;
      return given && ts.isSpreadElement(given) ? undefined : given;
    }
  }
  return undefined;
}
