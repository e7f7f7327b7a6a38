import * as ts from "typescript";
import { isAsync, isGenerator } from "../syntax/members.ts";
import { bare, type FunctionWithBody, memberOfThis, nameText } from "../syntax/nodes.ts";
import { type CallSite, calledFunction } from "../workspace/called-function.ts";
import { expressionMeaning } from "../workspace/class-family.ts";

/** Modules of Node all of whose functions return promises. */
const PROMISE_MODULES = /^(?:node:)?(?:fs|stream|timers|dns|readline)\/promises$/;
const COMBINATORS: ReadonlySet<string> = new Set(["all", "allSettled", "any", "race", "resolve", "reject", "try"]);

/** Whether an expression is known to be a promise. What is only known at run time is not. */
export function isPromise(site: CallSite, expression: ts.Expression): boolean {
  const value = bare(expression);
  if (ts.isNewExpression(value)) return nameText(value.expression) === "Promise";
  if (!ts.isCallExpression(value)) return false;
  const callee = bare(value.expression);
  if (callee.kind === ts.SyntaxKind.ImportKeyword) return true;
  if (ts.isPropertyAccessExpression(callee) && isPromiseMethod(site, callee)) return true;
  if (memberOfThis(callee) === "checkpoint") return true;
  if (nameText(callee) === "fetch" && ts.isIdentifier(callee) && expressionMeaning(site.modules, site.module, callee) === undefined)
    return true;
  const called = calledFunction(site, value);
  return called ? returnsPromise(called) : isOfPromiseModule(site, callee);
}

/** `Promise.all(…)`, and `.then(…)` of a promise. */
function isPromiseMethod(site: CallSite, { expression, name }: ts.PropertyAccessExpression): boolean {
  const method = nameText(name) ?? "";
  if (nameText(expression) === "Promise") return COMBINATORS.has(method);
  return (method === "then" || method === "finally") && isPromise(site, expression);
}

function returnsPromise(called: FunctionWithBody): boolean {
  if (isGenerator(called)) return false;
  if (isAsync(called)) return true;
  return called.type !== undefined && ts.isTypeReferenceNode(called.type) && nameText(called.type.typeName) === "Promise";
}

function isOfPromiseModule(site: CallSite, callee: ts.Expression): boolean {
  const meaning = expressionMeaning(site.modules, site.module, callee);
  if (meaning?.kind === "package")
    return PROMISE_MODULES.test(meaning.specifier) && !["*", "constants"].includes(meaning.name) && !isWatch(meaning.name);
  // `fs.promises.rm(…)`, with `promises` imported or not
  if (!ts.isPropertyAccessExpression(callee)) return false;
  const owner = expressionMeaning(site.modules, site.module, callee.expression);
  return (
    owner?.kind === "package" && /^(?:node:)?fs$/.test(owner.specifier) && owner.name === "promises" && !isWatch(nameText(callee.name))
  );
}

/** `watch` and `setInterval` of those modules return iterators. */
function isWatch(name: string | undefined): boolean {
  return name === "watch" || name === "setInterval" || name === "createInterface";
}
