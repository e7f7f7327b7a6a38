import * as ts from "typescript";
import { methodNamed } from "../syntax/members.ts";
import { bare, type FunctionWithBody, isAssignment, memberOfThis, nameText, nodesExecutedIn, nodesOf } from "../syntax/nodes.ts";
import { startOf } from "../syntax/parse.ts";
import { replacement } from "../text/change.ts";
import { actionsIn, type Check } from "./check.ts";

/** Objects whose functions change nothing that an attempt depends on. */
const HARMLESS_OBJECTS: ReadonlySet<string> = new Set(["console", "Math", "JSON", "Number", "String", "log", "logger"]);
const HARMLESS_FUNCTIONS: ReadonlySet<string> = new Set(["String", "Number", "Boolean"]);

/** The same params fail in the same way until the attempts are used up. */
export const poisonLoop: Check = {
  code: "poison-loop",
  defaultSeverity: "warning",
  title: "changeActionParamsOnError changes nothing and returns true",
  *run(context) {
    for (const { class: found } of actionsIn(context)) {
      const method = methodNamed(found.node, "changeActionParamsOnError");
      if (!method || [...nodesOf(method.body)].some(mayChangeSomething)) continue;
      const answers = answersOf(method);
      if (answers.length === 0 || !answers.every(isTrue)) continue;
      yield {
        at: "name" in method && method.name ? method.name : method,
        message: `changeActionParamsOnError of ${found.name} changes nothing and returns true, so the next attempt fails as this one did. Change this.params, or return false to give up.`,
        fix: {
          title: "Return false: give up after the first failure",
          changes: [
            {
              file: context.module.file,
              edits: answers.map((answer) => replacement(context.module, startOf(answer), answer.end, "false")),
            },
          ],
        },
      };
    }
  },
};

function answersOf({ body }: FunctionWithBody): (ts.Expression | undefined)[] {
  if (!ts.isBlock(body)) return [bare(body)];
  const returns = [...nodesExecutedIn(body)].filter((node) => ts.isReturnStatement(node));
  return returns.map(({ expression }) => expression && bare(expression));
}

/** `true` and `Promise.resolve(true)`. */
function isTrue(answer: ts.Expression | undefined): answer is ts.Expression {
  if (answer === undefined || answer.kind === ts.SyntaxKind.TrueKeyword) return answer !== undefined;
  if (!ts.isCallExpression(answer) || !ts.isPropertyAccessExpression(answer.expression)) return false;
  const isResolved = nameText(answer.expression.expression) === "Promise" && nameText(answer.expression.name) === "resolve";
  return isResolved && answer.arguments.length === 1 && answer.arguments[0]?.kind === ts.SyntaxKind.TrueKeyword;
}

function mayChangeSomething(node: ts.Node): boolean {
  if (ts.isAwaitExpression(node) || ts.isDeleteExpression(node) || ts.isThrowStatement(node) || ts.isNewExpression(node)) return true;
  if (ts.isPostfixUnaryExpression(node)) return true;
  if (ts.isPrefixUnaryExpression(node))
    return node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken;
  if (ts.isBinaryExpression(node)) return isAssignment(node) && !isMessage(node.left);
  return ts.isCallExpression(node) && !isHarmless(node);
}

/** `this.task.message`: for people only. */
function isMessage(target: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(target) && nameText(target.name) === "message" && memberOfThis(bare(target.expression)) === "task";
}

function isHarmless(call: ts.CallExpression): boolean {
  const callee = bare(call.expression);
  if (ts.isIdentifier(callee)) return HARMLESS_FUNCTIONS.has(ts.idText(callee));
  if (memberOfThis(callee) === "reportProgress") return true;
  if (!ts.isPropertyAccessExpression(callee)) return false;
  const owner = bare(callee.expression);
  if (isTrue(call)) return true;
  return HARMLESS_OBJECTS.has(nameText(owner) ?? "") || isErrorText(owner);
}

/** Methods of texts change nothing: `error.message.includes("…")`. */
function isErrorText(owner: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(owner) && ["message", "name", "stack", "kind"].includes(nameText(owner.name) ?? "");
}
