import * as ts from "typescript";
import { isPromise } from "../flow/promises.ts";
import { isAsync, methodNamed } from "../syntax/members.ts";
import { bare, enclosingFunction, type FunctionWithBody, isFunctionWithBody, nameText, nodesOf } from "../syntax/nodes.ts";
import { startOf, textOf } from "../syntax/parse.ts";
import { insertion } from "../text/change.ts";
import { actionsIn, type Check, type CheckContext, type CheckedClass, type Fix, type Report } from "./check.ts";

const WHY = "so the action can end before it does, and its failure would end the worker";

/** What goes on after `executeAction` has ended is lost with the worker, and nobody hears of its failure. */
export const floatingPromise: Check = {
  code: "floating-promise",
  defaultSeverity: "warning",
  title: "A promise in executeAction is neither awaited nor returned",
  *run(context) {
    for (const checked of actionsIn(context)) {
      const method = methodNamed(checked.class.node, "executeAction");
      if (method) yield* inMethod(context, checked, method);
    }
  },
};

function* inMethod(context: CheckContext, checked: CheckedClass, method: FunctionWithBody): Generator<Report> {
  const site = { ...context, family: checked };
  const fix = (promise: ts.Expression) => awaited(context.module, promise, method);
  for (const node of nodesOf(method.body, isPartOfWork)) {
    if (ts.isExpressionStatement(node)) {
      for (const value of valuesOf(node.expression)) {
        const callback = asyncForEach(value);
        if (callback)
          yield {
            at: callback,
            message: `forEach does not wait for this async function, ${WHY}. Use for … of and await, or await Promise.all(….map(…)).`,
          };
        else if (isPromise(site, value))
          yield { at: value, message: `${brief(value)} is neither awaited nor returned, ${WHY}. Await it.`, fix: fix(value) };
      }
    } else if (ts.isVariableDeclaration(node) && node.initializer && isPromise(site, node.initializer) && isNeverUsed(node, method)) {
      const name = nameText(node.name) ?? "";
      yield {
        at: node.name,
        message: `${name} is a promise that is neither awaited nor returned, ${WHY}. Await it.`,
        fix: fix(node.initializer),
      };
    }
  }
}

/** Callbacks that are not async cannot await: who calls them, and when, is not known. */
function isPartOfWork(node: ts.Node): boolean {
  if (ts.isClassLike(node)) return false;
  return !ts.isFunctionLike(node) || isAsync(node);
}

/** The values an expression may come down to, in the order they are written: `a && b` to b. */
function valuesOf(expression: ts.Expression): ts.Expression[] {
  const value = bare(expression);
  if (ts.isConditionalExpression(value)) return [...valuesOf(value.whenTrue), ...valuesOf(value.whenFalse)];
  if (!ts.isBinaryExpression(value)) return [value];
  const { kind } = value.operatorToken;
  if (kind === ts.SyntaxKind.CommaToken) return [...valuesOf(value.left), ...valuesOf(value.right)];
  const isLogical = [ts.SyntaxKind.AmpersandAmpersandToken, ts.SyntaxKind.BarBarToken, ts.SyntaxKind.QuestionQuestionToken].includes(kind);
  return isLogical ? valuesOf(value.right) : [];
}

/** `list.forEach(async (item) => …)`: the function. */
function asyncForEach(value: ts.Expression): ts.Expression | undefined {
  if (!ts.isCallExpression(value) || !ts.isPropertyAccessExpression(value.expression)) return undefined;
  if (nameText(value.expression.name) !== "forEach") return undefined;
  const [callback] = value.arguments;
  return callback && isFunctionWithBody(callback) && isAsync(callback) ? callback : undefined;
}

function isNeverUsed({ name }: ts.VariableDeclaration, method: FunctionWithBody): boolean {
  if (!ts.isIdentifier(name)) return false;
  return ![...nodesOf(method.body)].some((node) => node !== name && ts.isIdentifier(node) && ts.idText(node) === ts.idText(name));
}

function brief(value: ts.Expression): string {
  const inner = bare(value);
  if (ts.isNewExpression(inner)) return "This promise";
  return ts.isCallExpression(inner) && textOf(inner.expression).length <= 40
    ? `${textOf(inner.expression).replace(/\s+/g, "")}(…)`
    : "This promise";
}

/** `await` where that is allowed; where `executeAction` itself is not async, it becomes so. */
function awaited(module: CheckContext["module"], promise: ts.Expression, method: FunctionWithBody): Fix | undefined {
  const around = enclosingFunction(promise);
  const edits = [insertion(module, startOf(promise), "await ")];
  if (around && !isAsync(around)) {
    if (around !== method || !ts.isMethodDeclaration(method)) return undefined;
    edits.unshift(insertion(module, startOf(method.asteriskToken ?? method.name), "async "));
  }
  return { title: "Await the promise", changes: [{ file: module.file, edits }] };
}
