import * as ts from "typescript";
import { bare, nodesExecutedIn } from "../syntax/nodes.ts";

/** Whether a call never returns: it ends the process, or always throws. */
export type NeverReturns = (call: ts.CallExpression) => boolean;

/**
 * Whether the end of the statements is reachable according to their form. Conditions may be true or false, except literal `true`. A
 * `switch` without `default` whose clauses all leave the function is assumed to be exhaustive.
 */
export function reachesEnd(statements: readonly ts.Statement[], neverReturns: NeverReturns): boolean {
  return inSequence(statements, { neverReturns, labels: [] }).reachesEnd;
}

interface Way {
  readonly reachesEnd: boolean;
  /** Labels of statements left by `break`; "" for one without a label. */
  readonly breaks: readonly string[];
}

interface Surroundings {
  readonly neverReturns: NeverReturns;
  /** Of the current statement. */
  readonly labels: readonly string[];
}

const ENDS: Way = { reachesEnd: false, breaks: [] };
const GOES_ON: Way = { reachesEnd: true, breaks: [] };

function inSequence(statements: readonly ts.Statement[], around: Surroundings): Way {
  const breaks: string[] = [];
  for (const statement of statements) {
    const way = through(statement, { ...around, labels: [] });
    breaks.push(...way.breaks);
    if (!way.reachesEnd) return { reachesEnd: false, breaks };
  }
  return { reachesEnd: true, breaks };
}

function through(statement: ts.Statement, around: Surroundings): Way {
  if (ts.isReturnStatement(statement) || ts.isThrowStatement(statement) || ts.isContinueStatement(statement)) return ENDS;
  if (ts.isBreakStatement(statement)) return { reachesEnd: false, breaks: [statement.label ? ts.idText(statement.label) : ""] };
  if (ts.isBlock(statement)) return inSequence(statement.statements, around);
  if (ts.isIfStatement(statement)) return throughIf(statement, around);
  if (ts.isLabeledStatement(statement)) return throughLabel(statement, around);
  if (ts.isSwitchStatement(statement)) return throughSwitch(statement, around);
  if (ts.isTryStatement(statement)) return throughTry(statement, around);
  if (ts.isIterationStatement(statement, false)) return throughLoop(statement, around);
  if (ts.isExpressionStatement(statement)) return leaves(statement.expression, around) ? ENDS : GOES_ON;
  return GOES_ON;
}

function leaves(expression: ts.Expression, { neverReturns }: Surroundings): boolean {
  const inner = ts.isAwaitExpression(expression) ? expression.expression : expression;
  return ts.isCallExpression(inner) && neverReturns(inner);
}

function throughIf({ expression, thenStatement, elseStatement }: ts.IfStatement, around: Surroundings): Way {
  const whenTrue = through(thenStatement, around);
  if (isTrue(expression)) return whenTrue;
  const whenFalse = elseStatement ? through(elseStatement, around) : GOES_ON;
  return { reachesEnd: whenTrue.reachesEnd || whenFalse.reachesEnd, breaks: [...whenTrue.breaks, ...whenFalse.breaks] };
}

function throughLabel({ label, statement }: ts.LabeledStatement, around: Surroundings): Way {
  const name = ts.idText(label);
  const way = through(statement, { ...around, labels: [...around.labels, name] });
  return { reachesEnd: way.reachesEnd || way.breaks.includes(name), breaks: way.breaks.filter((target) => target !== name) };
}

function throughLoop(loop: ts.IterationStatement, around: Surroundings): Way {
  const round = through(loop.statement, { ...around, labels: [] });
  // The first iteration of `do` always runs, and `continue` goes to its condition.
  const isLeftByAll = ts.isDoStatement(loop) && !round.reachesEnd && !continues(loop.statement);
  const reachesEnd = round.breaks.includes("") || !(isEndless(loop) || isLeftByAll);
  return { reachesEnd, breaks: round.breaks.filter((target) => target !== "") };
}

function continues(statement: ts.Statement): boolean {
  return [...nodesExecutedIn(statement)].some((node) => ts.isContinueStatement(node));
}

function throughSwitch({ caseBlock: { clauses } }: ts.SwitchStatement, around: Surroundings): Way {
  // A clause whose end is reached falls through to the next one.
  const ways = clauses.map(({ statements }) => inSequence(statements, around));
  const breaks = ways.flatMap((way) => way.breaks);
  const last = ways.at(-1);
  const hasDefault = clauses.some((clause) => ts.isDefaultClause(clause));
  const isLeftByAll = last !== undefined && !last.reachesEnd && !breaks.includes("");
  return {
    reachesEnd: !isLeftByAll && (breaks.includes("") || !hasDefault || last?.reachesEnd !== false),
    breaks: breaks.filter((target) => target !== ""),
  };
}

function throughTry({ tryBlock, catchClause, finallyBlock }: ts.TryStatement, around: Surroundings): Way {
  const tried = through(tryBlock, around);
  const caught = catchClause ? through(catchClause.block, around) : ENDS;
  const breaks = [...tried.breaks, ...caught.breaks];
  const finished = finallyBlock ? through(finallyBlock, around) : GOES_ON;
  if (!finished.reachesEnd) return finished;
  return { reachesEnd: tried.reachesEnd || caught.reachesEnd, breaks: [...breaks, ...finished.breaks] };
}

/** A loop that only `break`, `return` and `throw` end. */
export function isEndless(loop: ts.IterationStatement): boolean {
  if (ts.isForStatement(loop)) return loop.condition === undefined || isTrue(loop.condition);
  return (ts.isWhileStatement(loop) || ts.isDoStatement(loop)) && isTrue(loop.expression);
}

function isTrue(expression: ts.Expression): boolean {
  const inner = bare(expression);
  if (ts.isPrefixUnaryExpression(inner) && inner.operator === ts.SyntaxKind.ExclamationToken) return isFalse(inner.operand);
  return inner.kind === ts.SyntaxKind.TrueKeyword || (ts.isNumericLiteral(inner) && Number(inner.text) !== 0);
}

function isFalse(expression: ts.Expression): boolean {
  const inner = bare(expression);
  return inner.kind === ts.SyntaxKind.FalseKeyword || (ts.isNumericLiteral(inner) && Number(inner.text) === 0);
}
