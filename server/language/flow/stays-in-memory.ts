import { isBuiltin } from "node:module";
import * as ts from "typescript";
import { isAsync, isGenerator } from "../syntax/members.ts";
import { bare, nodesExecutedIn } from "../syntax/nodes.ts";
import { memberOfThis } from "../syntax/this-member.ts";
import { expressionMeaning } from "../workspace/expression-meaning.ts";
import { functionOf, type Site } from "../workspace/written-function.ts";
import { isEndless } from "./completion.ts";

const MAXIMUM_DEPTH = 3;

/**
 * True if nodes only call code that works on existing values: methods of values (`text.indexOf("\n")`, `queue.shift()`), functions of the
 * language and of Node, and functions that do nothing else with their arguments. Other functions are unknown.
 */
export function staysInMemory(site: Site, nodes: Iterable<ts.Node>, depth = 0): boolean {
  for (const node of nodes) {
    if (ts.isAwaitExpression(node) || (depth > 0 && ts.isIterationStatement(node, false) && isEndless(node))) return false;
    if (ts.isCallExpression(node) && !isInMemory(site, node, depth)) return false;
  }
  return true;
}

function isInMemory(site: Site, call: ts.CallExpression, depth: number): boolean {
  const callee = bare(call.expression);
  const written = functionOf(site, callee);
  if (written) {
    const { function: called, module } = written;
    if (depth >= MAXIMUM_DEPTH || isAsync(called) || isGenerator(called)) return false;
    // Without arguments it works on something else: data, a queue.
    const isGiven = call.arguments.length > 0 || isWithin(called, call);
    return isGiven && staysInMemory({ ...site, module }, nodesExecutedIn(called.body), depth + 1);
  }
  if (ts.isPropertyAccessExpression(callee) || ts.isElementAccessExpression(callee)) return memberOfThis(callee) === undefined;
  const meaning = expressionMeaning(site.modules, site.module, callee);
  if (meaning?.kind === "package") return isBuiltin(meaning.specifier);
  return meaning === undefined && ts.isIdentifier(callee) && !site.module.imports.has(ts.idText(callee));
}

/** True if a function is declared in a function around a call: it is then part of the same work. */
function isWithin(called: ts.Node, call: ts.Node): boolean {
  for (let around = called.parent; around && !ts.isSourceFile(around); around = around.parent) {
    if (ts.isFunctionLike(around)) return call.pos >= around.pos && call.end <= around.end;
  }
  return false;
}
