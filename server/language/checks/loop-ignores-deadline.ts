import * as ts from "typescript";
import { isEndless } from "../flow/completion.ts";
import { DeadlineView } from "../flow/deadline-view.ts";
import { isGenerator, methodNamed } from "../syntax/members.ts";
import { bare, type FunctionWithBody, memberOfThis, nameText, nodesExecutedIn } from "../syntax/nodes.ts";
import { startOf } from "../syntax/parse.ts";
import { insertion } from "../text/change.ts";
import { actionsIn, type Check, type CheckContext, type CheckedClass, type Fix, type Report } from "./check.ts";

/** So few rounds are no loop over data: a retry, a handful of steps. */
const FEW_ROUNDS = 10;

/** A tick that is not ended in time is ended with force, and the action counts as timed out. */
export const loopIgnoresDeadline: Check = {
  code: "loop-ignores-deadline",
  defaultSeverity: "warning",
  title: "A loop in executeAction never looks at the deadline",
  *run(context) {
    for (const checked of actionsIn(context)) {
      const method = methodNamed(checked.class.node, "executeAction");
      if (method) yield* inMethod(context, checked, method);
    }
  },
};

function* inMethod({ module }: CheckContext, checked: CheckedClass, method: FunctionWithBody): Generator<Report> {
  const deadline = new DeadlineView(method, checked);
  const looks = (loop: ts.IterationStatement) => deadline.isLookedAtIn(loop) || yields(loop);
  const reported = new Set<ts.Node>();
  for (const loop of nodesExecutedIn(method.body)) {
    if (!ts.isIterationStatement(loop, false) || !mayTakeLong(loop) || looks(loop)) continue;
    const around = loopsAround(loop, method);
    if (around.some((outer) => reported.has(outer))) continue;
    // A chunk between two looks at the deadline.
    if (isBounded(loop) && around.some(looks)) continue;
    reported.add(loop);
    const keyword = module.lines.range(startOf(loop), startOf(loop) + (ts.isDoStatement(loop) ? 2 : ts.isWhileStatement(loop) ? 5 : 3));
    yield {
      at: keyword,
      message: `This loop in executeAction of ${checked.class.name} never looks at the deadline, so no tick can end it in time. Return false once deadline.isReached(), or hand deadline.signal on to what takes long.`,
      fix: fixOf(module, loop, method),
    };
  }
}

function loopsAround(loop: ts.Node, method: FunctionWithBody): ts.IterationStatement[] {
  const found: ts.IterationStatement[] = [];
  for (let outer = loop.parent; outer && outer !== method; outer = outer.parent)
    if (ts.isIterationStatement(outer, false)) found.push(outer);
  return found;
}

/** What is executed again in each round: not the list that a `for … of` goes through, not where a `for` starts. */
function roundOf(loop: ts.IterationStatement): ts.Node[] {
  if (ts.isForStatement(loop)) return [loop.condition, loop.incrementor, loop.statement].filter((part) => part !== undefined);
  if (ts.isWhileStatement(loop) || ts.isDoStatement(loop)) return [loop.expression, loop.statement];
  return [loop.statement];
}

function executedEachRound(loop: ts.IterationStatement): ts.Node[] {
  return roundOf(loop).flatMap((part) => [...nodesExecutedIn(part)]);
}

function yields(loop: ts.IterationStatement): boolean {
  return executedEachRound(loop).some((node) => ts.isYieldExpression(node));
}

function mayTakeLong(loop: ts.IterationStatement): boolean {
  if (ts.isForOfStatement(loop) && loop.awaitModifier) return true;
  const awaits = executedEachRound(loop).some((node) => ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier));
  if (awaits) return !isShort(loop);
  return isEndless(loop) && !(hasExit(loop) && staysInMemory(loop));
}

/** A list that is written down, or a counter up to a few. */
function isShort(loop: ts.IterationStatement): boolean {
  if (ts.isForOfStatement(loop)) {
    const list = bare(loop.expression);
    return (
      ts.isArrayLiteralExpression(list) &&
      list.elements.length < FEW_ROUNDS &&
      !list.elements.some((element) => ts.isSpreadElement(element))
    );
  }
  if (!ts.isForStatement(loop) || !loop.condition || !ts.isBinaryExpression(loop.condition)) return false;
  const limit = bare(loop.condition.right);
  return ts.isNumericLiteral(limit) && Number(limit.text) < FEW_ROUNDS;
}

function hasExit(loop: ts.IterationStatement): boolean {
  return executedEachRound(loop).some((node) => ts.isBreakStatement(node) || ts.isReturnStatement(node) || ts.isThrowStatement(node));
}

/** Calls methods of values only: `text.indexOf("\n")`, `queue.shift()`. What functions and methods of the class do is not known. */
function staysInMemory(loop: ts.IterationStatement): boolean {
  return executedEachRound(loop).every((node) => {
    if (!ts.isCallExpression(node)) return true;
    const callee = bare(node.expression);
    return (ts.isPropertyAccessExpression(callee) || ts.isElementAccessExpression(callee)) && memberOfThis(callee) === undefined;
  });
}

/** Goes through something, or until a condition that is no call. */
function isBounded(loop: ts.IterationStatement): boolean {
  if (isEndless(loop)) return false;
  if (!ts.isWhileStatement(loop) && !ts.isDoStatement(loop)) return true;
  return ![...nodesExecutedIn(loop.expression)].some((node) => ts.isCallExpression(node) || ts.isAwaitExpression(node));
}

function fixOf(module: CheckContext["module"], loop: ts.IterationStatement, method: FunctionWithBody): Fix {
  const { lines } = module;
  const [deadline] = method.parameters;
  const isReached = deadline && ts.isIdentifier(deadline.name) ? `${nameText(deadline.name)}.isReached()` : "this.signal.aborted";
  const line = isGenerator(method) ? "yield;" : `if (${isReached}) return false;`;
  const title = isGenerator(method) ? "Yield in each round: a checkpoint, and a place to pause" : "Pause when the deadline is reached";
  const { statement } = loop;
  const change = (edits: ReturnType<typeof insertion>[]): Fix => ({ title, changes: [{ file: module.file, edits }] });
  if (!ts.isBlock(statement)) {
    return change([insertion(module, startOf(statement), `{ ${line} `), insertion(module, statement.end, " }")]);
  }
  const brace = startOf(statement) + 1;
  const isOneLine = lines.positionAt(brace).line === lines.positionAt(statement.end).line;
  if (isOneLine) return change([insertion(module, brace, ` ${line}`)]);
  return change([insertion(module, brace, `${lines.lineEnd}${lines.indentationAt(startOf(loop))}${lines.indentation}${line}`)]);
}
