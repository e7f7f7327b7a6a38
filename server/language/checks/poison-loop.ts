import * as ts from "typescript";
import { changedContent, changedPlace } from "../syntax/changes.ts";
import { methodNamed } from "../syntax/members.ts";
import { replacement } from "../syntax/module-edits.ts";
import { bare, enclosingFunction, type FunctionWithBody, isConstant, nameText, nodesExecutedIn, nodesOf } from "../syntax/nodes.ts";
import { startOf } from "../syntax/parse.ts";
import { localDeclaration } from "../syntax/scope.ts";
import { memberOfThis } from "../syntax/this-member.ts";
import { staticValue } from "../values/static-value.ts";
import { accessed } from "../workspace/expression-meaning.ts";
import { actionsIn, type Check, type CheckContext } from "./check.ts";

/** Objects whose functions change nothing an attempt depends on. */
const HARMLESS_OBJECTS: ReadonlySet<string> = new Set(["console", "Date", "Math", "JSON", "Number", "String", "log", "logger"]);
const HARMLESS_FUNCTIONS: ReadonlySet<string> = new Set(["String", "Number", "Boolean"]);
const HARMLESS_CLASSES: ReadonlySet<string> = new Set(["Date", "Error"]);
/** Read-only methods of strings, numbers, dates and lists. */
const READING: ReadonlySet<string> = new Set([
  ...[
    "at",
    "concat",
    "endsWith",
    "includes",
    "indexOf",
    "join",
    "lastIndexOf",
    "match",
    "padEnd",
    "padStart",
    "repeat",
    "replace",
    "replaceAll",
  ],
  ...[
    "search",
    "slice",
    "split",
    "startsWith",
    "substring",
    "toFixed",
    "toISOString",
    "toLocaleString",
    "toLowerCase",
    "toString",
    "toUpperCase",
  ],
  ...["trim", "trimEnd", "trimStart", "getTime", "valueOf"],
]);

/** The same params fail the same way until no attempts are left. */
export const poisonLoop: Check = {
  code: "poison-loop",
  defaultSeverity: "warning",
  title: "changeActionParamsOnError changes nothing and returns true",
  *run(context) {
    for (const { class: found } of actionsIn(context)) {
      const method = methodNamed(found.node, "changeActionParamsOnError");
      if (!method || [...nodesOf(method.body)].some((node) => mayChangeSomething(node, method))) continue;
      const answers = answersOf(method).flatMap((answer) => (answer ? alternativesOf(answer) : [undefined]));
      const trues = answers.map((answer) => answer && trueIn(context, answer));
      if (trues.length === 0 || !trues.every((found) => found !== undefined)) continue;
      yield {
        at: "name" in method && method.name ? method.name : method,
        message: `changeActionParamsOnError of ${found.name} changes nothing and returns true, so the next attempt fails the same way. Change this.params, or return false to give up.`,
        fix: {
          title: "Return false: give up after the first failure",
          changes: [
            { file: context.module.file, edits: trues.map((found) => replacement(context.module, startOf(found), found.end, "false")) },
          ],
        },
      };
    }
  },
};

function answersOf({ body }: FunctionWithBody): (ts.Expression | undefined)[] {
  if (!ts.isBlock(body)) return [body];
  return [...nodesExecutedIn(body)].filter((node) => ts.isReturnStatement(node)).map(({ expression }) => expression);
}

function alternativesOf(answer: ts.Expression): ts.Expression[] {
  const value = bare(answer);
  if (!ts.isConditionalExpression(value)) return [answer];
  return [...alternativesOf(value.whenTrue), ...alternativesOf(value.whenFalse)];
}

/** Where `true` is returned: the literal, a constant, or the argument of `Promise.resolve(true)`. */
function trueIn(context: CheckContext, answer: ts.Expression): ts.Expression | undefined {
  const value = bare(answer);
  if (ts.isCallExpression(value)) {
    const [resolved] = value.arguments;
    return resolved && isResolve(value) ? trueIn(context, resolved) : undefined;
  }
  return staticValue(context.modules, context.module, value)?.value === true ? answer : undefined;
}

function isResolve({ expression }: ts.CallExpression): boolean {
  if (!ts.isPropertyAccessExpression(expression)) return false;
  return nameText(expression.expression) === "Promise" && nameText(expression.name) === "resolve";
}

function mayChangeSomething(node: ts.Node, method: FunctionWithBody): boolean {
  if (ts.isAwaitExpression(node) || ts.isThrowStatement(node) || ts.isTaggedTemplateExpression(node)) return true;
  // `for (this.params.size of sizes)`
  if (ts.isForInStatement(node) || ts.isForOfStatement(node)) return !ts.isVariableDeclarationList(node.initializer);
  if (ts.isNewExpression(node)) return !HARMLESS_CLASSES.has(nameText(node.expression) ?? "");
  const place = changedPlace(node);
  if (place) return !isMessage(place) && !isOwnVariable(place, method) && !isMadeIn(accessed(place)?.owner, method);
  const content = changedContent(node);
  if (content) return !isMadeIn(content, method);
  return ts.isCallExpression(node) && !isHarmless(node);
}

/** A local variable of the method, which has no effect later. */
function isOwnVariable(target: ts.Expression, method: FunctionWithBody): boolean {
  const value = bare(target);
  const declaration = ts.isIdentifier(value) ? localDeclaration(value) : undefined;
  return declaration !== undefined && enclosingFunction(declaration) === method;
}

/** An object or list created by the method; values it refers to may belong to the params. */
function isMadeIn(owner: ts.Expression | undefined, method: FunctionWithBody): boolean {
  const value = owner && bare(owner);
  const declaration = value && ts.isIdentifier(value) ? localDeclaration(value) : undefined;
  if (!value || !declaration || !ts.isVariableDeclaration(declaration) || !isConstant(declaration)) return false;
  const made = declaration.initializer && bare(declaration.initializer);
  return made !== undefined && isOwnVariable(value, method) && (ts.isObjectLiteralExpression(made) || ts.isArrayLiteralExpression(made));
}

/** `this.task.message` is only displayed. */
function isMessage(target: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(target) && nameText(target.name) === "message" && memberOfThis(bare(target.expression)) === "task";
}

function isHarmless(call: ts.CallExpression): boolean {
  const callee = bare(call.expression);
  if (ts.isIdentifier(callee)) return HARMLESS_FUNCTIONS.has(ts.idText(callee));
  if (memberOfThis(callee) === "reportProgress" || isResolve(call)) return true;
  if (!ts.isPropertyAccessExpression(callee) || memberOfThis(callee) !== undefined) return false;
  return HARMLESS_OBJECTS.has(nameText(bare(callee.expression)) ?? "") || READING.has(nameText(callee.name) ?? "");
}
