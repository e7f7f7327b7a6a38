import * as ts from "typescript";
import { isAsync, isGenerator } from "../syntax/members.ts";
import { bare, type FunctionWithBody, isConstant, nameText } from "../syntax/nodes.ts";
import { memberOfThis } from "../syntax/this-member.ts";
import { expressionMeaning } from "../workspace/expression-meaning.ts";
import { functionOf, type Site } from "../workspace/written-function.ts";

/** Node modules whose functions all return promises. */
const PROMISE_MODULES = /^(?:node:)?(?:fs|stream|timers|dns|readline)\/promises$/;
/** Their other exports: iterators, an interface, constants. */
const NO_PROMISES: ReadonlySet<string> = new Set(["*", "constants", "watch", "setInterval", "createInterface", "Readline", "Resolver"]);
const COMBINATORS: ReadonlySet<string> = new Set(["all", "allSettled", "any", "race", "resolve", "reject", "try"]);

/** True if an expression is known to be a promise. Values only known at run time are not. */
export function isPromise(site: Site, expression: ts.Expression): boolean {
  const value = bare(expression);
  if (ts.isNewExpression(value)) return nameText(value.expression) === "Promise";
  if (!ts.isCallExpression(value)) return false;
  const callee = bare(value.expression);
  if (callee.kind === ts.SyntaxKind.ImportKeyword) return true;
  if (ts.isPropertyAccessExpression(callee) && isPromiseMethod(site, value, callee)) return true;
  if (memberOfThis(callee) === "checkpoint") return true;
  return returnsPromise(site, callee);
}

/** True if it is known to be a list of promises: `names.map(async (name) => …)`. */
export function isPromiseList(site: Site, expression: ts.Expression): boolean {
  const value = bare(expression);
  if (!ts.isCallExpression(value) || !ts.isPropertyAccessExpression(value.expression)) return false;
  const [callback] = value.arguments;
  return nameText(value.expression.name) === "map" && callback !== undefined && returnsPromise(site, callback);
}

/** True if the function an expression refers to is known to return promises. */
function returnsPromise(site: Site, expression: ts.Expression): boolean {
  const written = functionOf(site, expression);
  if (written) return isPromiseFunction({ ...site, module: written.module }, written.function);
  const meaning = expressionMeaning(site.modules, site.module, expression);
  if (!meaning) return nameText(expression) === "fetch" || isPromisified(site, expression);
  if (meaning.kind === "package") return isOfPromiseModule(meaning.specifier, meaning.name);
  if (meaning.kind !== "declaration" || !ts.isVariableDeclaration(meaning.declaration)) return false;
  const { declaration, module } = meaning;
  return isConstant(declaration) && declaration.initializer !== undefined && isPromisified({ ...site, module }, declaration.initializer);
}

/** `promisify(exec)` */
function isPromisified({ modules, module }: Site, expression: ts.Expression): boolean {
  const value = bare(expression);
  if (!ts.isCallExpression(value)) return false;
  const maker = expressionMeaning(modules, module, value.expression);
  return maker?.kind === "package" && maker.name === "promisify" && /^(?:node:)?util$/.test(maker.specifier);
}

/** `Promise.all(…)`, and `.then(…)` of a promise without a rejection handler. */
function isPromiseMethod(site: Site, call: ts.CallExpression, { expression, name }: ts.PropertyAccessExpression): boolean {
  const method = nameText(name) ?? "";
  if (nameText(expression) === "Promise") return COMBINATORS.has(method);
  if (method === "then" && call.arguments.length > 1) return false;
  return (method === "then" || method === "finally") && isPromise(site, expression);
}

function isPromiseFunction(site: Site, called: FunctionWithBody): boolean {
  if (isGenerator(called)) return false;
  if (isAsync(called)) return true;
  if (called.type) return ts.isTypeReferenceNode(called.type) && nameText(called.type.typeName) === "Promise";
  return !ts.isBlock(called.body) && isPromise(site, called.body);
}

function isOfPromiseModule(specifier: string, name: string): boolean {
  if (/^(?:node:)?events$/.test(specifier)) return name === "once";
  return PROMISE_MODULES.test(specifier) && !NO_PROMISES.has(name);
}
