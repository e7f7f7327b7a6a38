import * as ts from "typescript";
import { isAsync } from "../syntax/members.ts";
import { nameText } from "../syntax/nodes.ts";

/** List methods that call back synchronously. */
const CALLING_BACK: ReadonlySet<string> = new Set(["map", "flatMap", "forEach", "filter", "find", "some", "every", "reduce"]);

/**
 * True if the code in a node runs as part of the enclosing function: callbacks that are not async cannot await, and it is unknown when they
 * are called.
 */
export function isPartOfWork(node: ts.Node): boolean {
  if (ts.isClassLike(node)) return false;
  return !ts.isFunctionLike(node) || isAsync(node);
}

/** Like `isPartOfWork`, but only for functions that are certain to run meanwhile: not for a listener, which may never run. */
export function isPartOfWorkAtOnce(node: ts.Node): boolean {
  return isPartOfWork(node) && !(ts.isFunctionLike(node) && isHandedOver(node));
}

function isHandedOver(callback: ts.Node): boolean {
  const call = callback.parent;
  if (!ts.isCallExpression(call) || call.expression === callback) return false;
  if (ts.isAwaitExpression(call.parent) || ts.isReturnStatement(call.parent)) return false;
  return !ts.isPropertyAccessExpression(call.expression) || !CALLING_BACK.has(nameText(call.expression.name) ?? "");
}
