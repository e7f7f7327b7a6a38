import * as ts from "typescript";
import { isGenerator } from "../syntax/members.ts";
import { bare, type FunctionWithBody, nameText, nodesExecutedIn } from "../syntax/nodes.ts";
import { type CallSite, calledFunction } from "../workspace/called-function.ts";
import { type NeverReturns, reachesEnd } from "./completion.ts";

/** Whether a call at this place never returns: `process.exit`, a function of type `never`, one of the workspace that always throws. */
export function neverReturnsAt(site: CallSite): NeverReturns {
  return (call) => {
    const callee = bare(call.expression);
    if (ts.isPropertyAccessExpression(callee) && nameText(callee.expression) === "process")
      return ["exit", "abort"].includes(nameText(callee.name) ?? "");
    if (ts.isPropertyAccessExpression(callee) && nameText(callee.expression) === "assert") return nameText(callee.name) === "fail";
    const called = calledFunction(site, call);
    return called !== undefined && alwaysThrows(called);
  };
}

function alwaysThrows(called: FunctionWithBody): boolean {
  if (called.type && isNever(called.type)) return true;
  if (!ts.isBlock(called.body) || isGenerator(called)) return false;
  const returns = [...nodesExecutedIn(called.body)].some((node) => ts.isReturnStatement(node));
  return !returns && !reachesEnd(called.body.statements, () => false);
}

/** `never` and `Promise<never>`. */
function isNever(type: ts.TypeNode): boolean {
  if (type.kind === ts.SyntaxKind.NeverKeyword) return true;
  return (
    ts.isTypeReferenceNode(type) && nameText(type.typeName) === "Promise" && type.typeArguments?.[0]?.kind === ts.SyntaxKind.NeverKeyword
  );
}
