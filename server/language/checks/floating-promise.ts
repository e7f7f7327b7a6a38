import * as ts from "typescript";
import { isPartOfWork } from "../flow/part-of-work.ts";
import { isPromise, isPromiseList } from "../flow/promises.ts";
import { isAsync, methodNamed } from "../syntax/members.ts";
import { insertion, replacement } from "../syntax/module-edits.ts";
import { bare, enclosingFunction, type FunctionWithBody, isFunctionWithBody, nameText, nodesOf } from "../syntax/nodes.ts";
import { startOf, textOf } from "../syntax/parse.ts";
import type { TextEdit } from "../text/text-edit.ts";
import type { Site } from "../workspace/written-function.ts";
import { actionsIn, type Check, type CheckContext, type CheckedClass, type Fix, type Report } from "./check.ts";

const WHY = "so the action can end first, and a rejection would end the worker";

/** Work that continues after `executeAction` has ended is lost with the worker, and its failure goes unnoticed. */
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
  const used = usedNames(method);
  for (const node of nodesOf(method.body, isPartOfWork)) {
    if (ts.isExpressionStatement(node)) {
      for (const value of valuesOf(node.expression)) {
        const callback = asyncForEach(value);
        const floating = callback ? undefined : floatingIn(site, value);
        if (callback)
          yield {
            at: callback,
            message: `forEach does not wait for this async function, ${WHY}. Use for … of and await, or await Promise.all(….map(…)).`,
          };
        else if (floating)
          yield {
            at: value,
            message: messageOf(`${brief(value)} ${floating.isList ? "gives" : "is"}`, floating),
            fix: awaited(context.module, value, floating, method),
          };
      }
    } else if (ts.isVariableDeclaration(node) && node.initializer && ts.isIdentifier(node.name)) {
      const name = ts.idText(node.name);
      const floating = used.has(name) ? undefined : floatingIn(site, node.initializer);
      if (!floating) continue;
      yield {
        at: node.name,
        message: messageOf(`${name} ${floating.isList ? "holds" : "is a promise that is"}`, floating),
        fix: node.type ? undefined : awaited(context.module, node.initializer, floating, method),
      };
    }
  }
}

function messageOf(what: string, { isList }: Floating): string {
  return isList
    ? `${what} promises that are neither awaited nor returned, ${WHY}. Await Promise.all of them.`
    : `${what} neither awaited nor returned, ${WHY}. Await it.`;
}

interface Floating {
  readonly isList: boolean;
}

function floatingIn(site: Site, value: ts.Expression): Floating | undefined {
  if (isPromise(site, value)) return { isList: false };
  return isPromiseList(site, value) ? { isList: true } : undefined;
}

/** The possible values of an expression, in source order: `b` for `a && b`. */
function valuesOf(expression: ts.Expression): ts.Expression[] {
  const value = bare(expression);
  if (ts.isConditionalExpression(value)) return [...valuesOf(value.whenTrue), ...valuesOf(value.whenFalse)];
  if (!ts.isBinaryExpression(value)) return [expression];
  const { kind } = value.operatorToken;
  if (kind === ts.SyntaxKind.CommaToken) return [...valuesOf(value.left), ...valuesOf(value.right)];
  const isLogical = [ts.SyntaxKind.AmpersandAmpersandToken, ts.SyntaxKind.BarBarToken, ts.SyntaxKind.QuestionQuestionToken].includes(kind);
  return isLogical ? valuesOf(value.right) : [];
}

/** The function in `list.forEach(async (item) => …)`. */
function asyncForEach(expression: ts.Expression): ts.Expression | undefined {
  const value = bare(expression);
  if (!ts.isCallExpression(value) || !ts.isPropertyAccessExpression(value.expression)) return undefined;
  if (nameText(value.expression.name) !== "forEach") return undefined;
  const [callback] = value.arguments;
  return callback && isFunctionWithBody(callback) && isAsync(callback) ? callback : undefined;
}

/** The names that are read somewhere, not only declared. */
function usedNames(method: FunctionWithBody): ReadonlySet<string> {
  const used = new Set<string>();
  for (const node of nodesOf(method.body)) {
    const isDeclared = ts.isIdentifier(node) && ts.isVariableDeclaration(node.parent) && node.parent.name === node;
    if (ts.isIdentifier(node) && !isDeclared) used.add(ts.idText(node));
  }
  return used;
}

function brief(value: ts.Expression): string {
  const inner = bare(value);
  if (ts.isNewExpression(inner)) return "This promise";
  return ts.isCallExpression(inner) && textOf(inner.expression).length <= 40
    ? `${textOf(inner.expression).replace(/\s+/g, "")}(…)`
    : "This promise";
}

/**
 * `await` where it is allowed; if `executeAction` itself is not async, it becomes so. Not for a promise with a type assertion: the await
 * would get that type.
 */
function awaited(module: CheckContext["module"], promise: ts.Expression, { isList }: Floating, method: FunctionWithBody): Fix | undefined {
  if (bare(promise) !== promise && !ts.isParenthesizedExpression(promise)) return undefined;
  const around = enclosingFunction(promise);
  const isInAsync = around !== undefined && isAsync(around);
  const madeAsync = isInAsync ? [] : around === method ? makeAsync(module, method) : undefined;
  if (!madeAsync) return undefined;
  const edits = isList
    ? [insertion(module, startOf(promise), "await Promise.all("), insertion(module, promise.end, ")")]
    : [insertion(module, startOf(promise), "await ")];
  return {
    title: isList ? "Await Promise.all of the promises" : "Await the promise",
    changes: [{ file: module.file, edits: [...madeAsync, ...edits] }],
  };
}

/** Wraps a declared return type in a promise, unless it may already be one. */
function makeAsync(module: CheckContext["module"], method: FunctionWithBody): TextEdit[] | undefined {
  const start = ts.isMethodDeclaration(method) ? (method.asteriskToken ?? method.name) : method;
  const edits = [insertion(module, startOf(start), "async ")];
  if (!method.type || (ts.isTypeReferenceNode(method.type) && nameText(method.type.typeName) === "Promise")) return edits;
  if (method.type.kind !== ts.SyntaxKind.BooleanKeyword) return undefined;
  return [...edits, replacement(module, startOf(method.type), method.type.end, `Promise<${textOf(method.type)}>`)];
}
