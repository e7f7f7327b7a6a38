import * as ts from "typescript";
import { type FunctionWithBody, isFunctionWithBody, nameText, nodesExecutedIn, nodesOf } from "../syntax/nodes.ts";
import { startOf } from "../syntax/parse.ts";
import { expressionMeaning, superclassOf } from "../workspace/class-family.ts";
import type { Check, CheckContext, CheckedClass } from "./check.ts";

/** What the engine hands to a constructor. */
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

/** The engine makes tasks and actions anew in each tick, from what is stored of them. */
export const constructorNotCallable: Check = {
  code: "constructor-not-callable",
  defaultSeverity: "error",
  title: "The engine cannot call a constructor",
  *run(context) {
    for (const checked of context.classes) {
      const { kind, class: found } = checked;
      if (kind === undefined || found.isAbstract) continue;
      const declared = found.node.members.find((member) => ts.isConstructorDeclaration(member) && member.body !== undefined);
      const problem = isFunctionWithBody(declared) ? problemOf(context, checked, declared) : undefined;
      if (!declared || problem === undefined) continue;
      const { lines } = context.module;
      const start = lines.text.indexOf("constructor", startOf(declared));
      const call = `new ${found.name}(${HANDED[kind].join(", ")})`;
      yield {
        at: lines.range(start, start + "constructor".length),
        message: `The engine makes each ${found.name} by ${call}, but its constructor ${problem}.`,
      };
    }
  },
};

function problemOf(context: CheckContext, checked: CheckedClass, declared: FunctionWithBody): string | undefined {
  const handed = HANDED[checked.kind ?? "process"];
  const parameters = declared.parameters.filter(({ name }) => nameText(name) !== "this");
  const required = parameters.filter(({ questionToken, initializer, dotDotDotToken }) => !questionToken && !initializer && !dotDotDotToken);
  if (required.length > handed.length) {
    if (handed.length === 0) return "needs parameters: read what it needs inside of process";
    return `needs ${required.length} parameters: put what it needs into its params, or read it in ${checked.kind === "task" ? "createActions" : "executeAction"}`;
  }
  if (handed.length === 0) return undefined;
  const [first] = parameters;
  if (first?.type && NO_OBJECTS.has(first.type.kind))
    return `takes ${nameText(first.name) ?? "something else"} first: take the params, an object, and hand them to super`;
  return losesParams(context, checked, declared, first)
    ? "does not hand them to super as they are, so what was saved is lost: begin with super(params)"
    : undefined;
}

/** Only where the superclass is one of ours it is known what its constructor takes. */
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
  if (![...nodesOf(given)].some(isFirst)) return true;
  // super({ table }): the params within the params.
  return (
    ts.isObjectLiteralExpression(given) &&
    given.properties.some(
      (property) =>
        (ts.isShorthandPropertyAssignment(property) && isFirst(property.name)) ||
        (ts.isPropertyAssignment(property) && isFirst(property.initializer)),
    )
  );
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
