import * as ts from "typescript";
import { methodNamed } from "../syntax/members.ts";
import { bare, isFunctionWithBody, nameText, nodesExecutedIn } from "../syntax/nodes.ts";
import { startOf } from "../syntax/parse.ts";
import { replacement } from "../text/change.ts";
import { staticValue } from "../values/static-value.ts";
import type { Check, CheckContext, Report } from "./check.ts";

/** An action that a task creates: the `new`, and what is written as its rank. */
interface Created {
  readonly made: ts.NewExpression;
  readonly rank: ts.Expression | undefined;
}

interface Ranked {
  readonly created: Created;
  readonly rank: number;
}

/** Equal ranks are executed in the order of creation: if that is meant, no rank says so better. */
export const equalRanks: Check = {
  code: "equal-ranks",
  defaultSeverity: "warning",
  title: "Two actions of a task have the same rank",
  *run(context) {
    for (const { kind, class: found } of context.classes) {
      const method = kind === "task" ? methodNamed(found.node, "createActions") : undefined;
      if (!method || !isFunctionWithBody(method)) continue;
      for (const node of nodesExecutedIn(method.body)) {
        if (ts.isArrayLiteralExpression(node)) yield* inList(context, node);
        else if (ts.isBlock(node)) yield* inPushes(context, node);
      }
    }
  },
};

/** `[new A(…), new B(…, { rank: 1 })]`: those without a rank follow the highest one before them. */
function* inList(context: CheckContext, list: ts.ArrayLiteralExpression): Generator<Report> {
  const ranked: Ranked[] = [];
  let highest: number | undefined = 0;
  for (const element of list.elements) {
    const created = createdBy(element);
    const rank: number | undefined = created && rankOf(context, created, highest);
    if (created && rank !== undefined) ranked.push({ created, rank });
    // After a spread, or a rank that is not known, only ranks that are written down are compared.
    highest = rank === undefined || highest === undefined ? undefined : Math.max(highest, rank);
  }
  yield* equalAmong(context, ranked);
}

/** `actions.push(new A(…, { rank: 1 }))`, twice in one block. */
function* inPushes(context: CheckContext, { statements }: ts.Block): Generator<Report> {
  const lists = new Map<string, Ranked[]>();
  for (const statement of statements) {
    const call = ts.isExpressionStatement(statement) ? bare(statement.expression) : undefined;
    if (!call || !ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression) || nameText(call.expression.name) !== "push")
      continue;
    const list = nameText(call.expression.expression);
    if (list === undefined) continue;
    const ranked = lists.get(list) ?? [];
    lists.set(list, ranked);
    for (const argument of call.arguments) {
      const created = createdBy(argument);
      const rank = created && rankOf(context, created, undefined);
      if (created && rank !== undefined) ranked.push({ created, rank });
    }
  }
  for (const ranked of lists.values()) yield* equalAmong(context, ranked);
}

function createdBy(expression: ts.Expression): Created | undefined {
  const made = bare(expression);
  if (!ts.isNewExpression(made)) return undefined;
  const options = made.arguments?.[1] && bare(made.arguments[1]);
  if (!options) return { made, rank: undefined };
  if (!ts.isObjectLiteralExpression(options)) return undefined;
  if (options.properties.some((property) => ts.isSpreadAssignment(property))) return undefined;
  const property = options.properties.find(({ name }) => nameText(name) === "rank");
  if (property === undefined) return { made, rank: undefined };
  if (ts.isPropertyAssignment(property)) return { made, rank: property.initializer };
  return ts.isShorthandPropertyAssignment(property) ? { made, rank: property.name } : undefined;
}

function rankOf({ modules, module }: CheckContext, { rank }: Created, highest: number | undefined): number | undefined {
  if (!rank) return highest === undefined ? undefined : highest + 1;
  const value = staticValue(modules, module, rank)?.value;
  return typeof value === "number" ? value : undefined;
}

function* equalAmong({ module }: CheckContext, all: readonly Ranked[]): Generator<Report> {
  const known = new Map<number, ts.NewExpression>();
  let highest = Math.floor(Math.max(...all.map(({ rank }) => rank)));
  for (const { created, rank } of all) {
    const first = known.get(rank);
    if (!first) {
      known.set(rank, created.made);
      continue;
    }
    // Above all the others, and above what those before are given.
    if (created.rank) highest += 1;
    const edit = created.rank && replacement(module, startOf(created.rank), created.rank.end, String(highest));
    yield {
      at: created.rank ?? created.made.expression,
      message: `${nameText(created.made.expression) ?? "This action"} has rank ${rank}, as ${nameText(first.expression) ?? "another"} has. Give each its own rank, or leave ranks out: then the order of the list counts.`,
      fix: edit && { title: `Give it rank ${highest}`, changes: [{ file: module.file, edits: [edit] }] },
    };
  }
}
