import * as ts from "typescript";
import { isAsync } from "../syntax/members.ts";
import { nameText } from "../syntax/nodes.ts";

/** Methods of lists that call back at once. */
const CALLING_BACK: ReadonlySet<string> = new Set(["map", "flatMap", "forEach", "filter", "find", "some", "every", "reduce"]);

/** Whether what is in a node is done by the function around it: callbacks that are not async cannot await, and who calls them, and when, is not known. */
export function isPartOfWork(node: ts.Node): boolean {
  if (ts.isClassLike(node)) return false;
  return !ts.isFunctionLike(node) || isAsync(node);
}

/** As `isPartOfWork`, of those functions only that are surely executed meanwhile: not of a listener, which may never be. */
export function isPartOfWorkAtOnce(node: ts.Node): boolean {
  return isPartOfWork(node) && !(ts.isFunctionLike(node) && isHandedOver(node));
}

function isHandedOver(callback: ts.Node): boolean {
  const call = callback.parent;
  if (!ts.isCallExpression(call) || call.expression === callback) return false;
  if (ts.isAwaitExpression(call.parent) || ts.isReturnStatement(call.parent)) return false;
  return !ts.isPropertyAccessExpression(call.expression) || !CALLING_BACK.has(nameText(call.expression.name) ?? "");
}
