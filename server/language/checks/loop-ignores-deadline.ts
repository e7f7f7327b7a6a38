import * as ts from "typescript";
import { isEndless } from "../flow/completion.ts";
import { DeadlineView } from "../flow/deadline-view.ts";
import { hasFewRounds } from "../flow/few-rounds.ts";
import { isPartOfWorkAtOnce } from "../flow/part-of-work.ts";
import { staysInMemory } from "../flow/stays-in-memory.ts";
import { isGenerator, methodNamed } from "../syntax/members.ts";
import { insertion } from "../syntax/module-edits.ts";
import { enclosingFunction, type FunctionWithBody, nameText, nodesExecutedIn, nodesOf } from "../syntax/nodes.ts";
import { startOf } from "../syntax/parse.ts";
import { declarationAround } from "../syntax/scope.ts";
import type { TextEdit } from "../text/text-edit.ts";
import type { Site } from "../workspace/written-function.ts";
import { actionsIn, type Check, type CheckContext, type CheckedClass, type Fix, type Report } from "./check.ts";

/** If a tick cannot be ended in time, its process is terminated and the action counts as timed out. */
export const loopIgnoresDeadline: Check = {
  code: "loop-ignores-deadline",
  defaultSeverity: "warning",
  title: "A loop in executeAction never checks the deadline",
  *run(context) {
    for (const checked of actionsIn(context)) {
      const method = methodNamed(checked.class.node, "executeAction");
      if (method) yield* inMethod(context, checked, method);
    }
  },
};

function* inMethod(context: CheckContext, checked: CheckedClass, method: FunctionWithBody): Generator<Report> {
  const { module } = context;
  const site = { ...context, family: checked };
  const deadline = new DeadlineView(method, site);
  const looks = (loop: ts.IterationStatement) => deadline.isLookedAtIn(loop) || yields(loop);
  const reported = new Set<ts.Node>();
  for (const loop of nodesOf(method.body, isPartOfWorkAtOnce)) {
    if (!ts.isIterationStatement(loop, false) || !mayTakeLong(site, loop) || looks(loop)) continue;
    const around = loopsAround(loop, method);
    if (around.some((outer) => reported.has(outer)) || isHandedOver(deadline, loop, method)) continue;
    // A chunk between two checks of the deadline.
    if (isBounded(loop) && around.some(looks)) continue;
    reported.add(loop);
    const keyword = module.lines.range(startOf(loop), startOf(loop) + (ts.isDoStatement(loop) ? 2 : ts.isWhileStatement(loop) ? 5 : 3));
    yield {
      at: keyword,
      message: `This loop in executeAction of ${checked.class.name} never checks the deadline, so no tick can end it in time. Return false once deadline.isReached(), or pass deadline.signal to slow operations.`,
      fix: fixOf(module, loop, method),
    };
  }
}

/** In a function that is passed along with the deadline: its caller can end the iteration. */
function isHandedOver(deadline: DeadlineView, loop: ts.Node, method: FunctionWithBody): boolean {
  for (let around = enclosingFunction(loop); around && around !== method; around = enclosingFunction(around)) {
    const { parent } = around;
    if (!ts.isCallExpression(parent) && !ts.isNewExpression(parent)) continue;
    const others = [parent.expression, ...(parent.arguments ?? [])].filter((other) => other !== around);
    if (others.some((other) => deadline.isLookedAtIn(other))) return true;
  }
  return false;
}

function loopsAround(loop: ts.Node, method: FunctionWithBody): ts.IterationStatement[] {
  const found: ts.IterationStatement[] = [];
  for (let outer = loop.parent; outer && outer !== method; outer = outer.parent)
    if (ts.isIterationStatement(outer, false)) found.push(outer);
  return found;
}

/** The nodes executed in each iteration: excludes the list of a `for … of`, and the initializer of a `for`. */
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

function mayTakeLong(site: Site, loop: ts.IterationStatement): boolean {
  if (ts.isForOfStatement(loop) && loop.awaitModifier) return !hasFewRounds(site, loop);
  const executed = executedEachRound(loop);
  const awaits = executed.some((node) => ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier));
  if (awaits) return !hasFewRounds(site, loop);
  return isEndless(loop) && !(hasExit(loop) && staysInMemory(site, executed));
}

function hasExit(loop: ts.IterationStatement): boolean {
  return executedEachRound(loop).some((node) => ts.isBreakStatement(node) || ts.isReturnStatement(node) || ts.isThrowStatement(node));
}

/** Iterates over something, or until a condition without a call. */
function isBounded(loop: ts.IterationStatement): boolean {
  if (isEndless(loop)) return false;
  if (!ts.isWhileStatement(loop) && !ts.isDoStatement(loop)) return true;
  return ![...nodesExecutedIn(loop.expression)].some((node) => ts.isCallExpression(node) || ts.isAwaitExpression(node));
}

/** Only in the function that returns the result: a return in a nested function means something else. */
function fixOf(module: CheckContext["module"], loop: ts.IterationStatement, method: FunctionWithBody): Fix | undefined {
  if (enclosingFunction(loop) !== method) return undefined;
  const [deadline] = method.parameters;
  const name = nameText(deadline?.name);
  const isReached = name !== undefined && hasName(loop, deadline, name) ? `${name}.isReached()` : "this.signal.aborted";
  const line = isGenerator(method) ? "yield" : `if (${isReached}) return false`;
  const title = isGenerator(method) ? "Yield in each iteration: a checkpoint and a place to pause" : "Pause when the deadline is reached";
  return { title, changes: [{ file: module.file, edits: atBeginOfRound(module, loop, line) }] };
}

/** Inserts a statement at the start of the loop body, in a block. */
function atBeginOfRound(module: CheckContext["module"], loop: ts.IterationStatement, line: string): TextEdit[] {
  const { lines } = module;
  const { statement } = loop;
  const start = startOf(statement);
  const margin = lines.indentationAt(startOf(loop));
  const ownLine = `${margin}${lines.indentation}${line}${lines.statementEnd}`;
  if (ts.isBlock(statement)) {
    const isOneLine = lines.positionAt(start).line === lines.positionAt(statement.end).line;
    return [insertion(module, start + 1, isOneLine ? ` ${line};` : lines.lineEnd + ownLine)];
  }
  if (lines.positionAt(start).line === lines.positionAt(statement.pos).line)
    return [insertion(module, start, `{ ${line}; `), insertion(module, statement.end, " }")];
  return [insertion(module, statement.pos, ` {${lines.lineEnd}${ownLine}`), insertion(module, statement.end, `${lines.lineEnd}${margin}}`)];
}

/** True if the parameter is in scope at the start of the body. */
function hasName({ statement }: ts.IterationStatement, parameter: ts.ParameterDeclaration | undefined, name: string): boolean {
  const [first] = ts.isBlock(statement) ? statement.statements : [];
  return declarationAround(first ?? statement, name) === parameter;
}
