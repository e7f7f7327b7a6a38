import * as ts from "typescript";
import { replacement } from "../syntax/module-edits.ts";
import { bare, isConstant, nameText, nodesOf } from "../syntax/nodes.ts";
import { startOf } from "../syntax/parse.ts";
import { staticValue } from "../values/static-value.ts";
import { familyOf } from "../workspace/class-family.ts";
import { expressionMeaning } from "../workspace/expression-meaning.ts";
import type { Check, CheckContext, Report } from "./check.ts";

/** An action created by a task: the `new` expression, and the literal rank. */
interface Created {
  readonly made: ts.NewExpression;
  readonly rank: ts.Expression | undefined;
}

/** Equal ranks are executed in creation order; if that is intended, omitting ranks says so better. */
export const equalRanks: Check = {
  code: "equal-ranks",
  defaultSeverity: "warning",
  title: "Two actions of a task have the same rank",
  *run(context) {
    for (const { kind, class: found } of context.classes) {
      if (kind !== "task") continue;
      for (const node of nodesOf(found.node)) {
        if (ts.isArrayLiteralExpression(node) && !isPartOfList(node)) yield* new ActionList(context, node.elements).add(node.elements);
        else if (ts.isBlock(node)) yield* inPushes(context, node);
      }
    }
  },
};

/** `[...(a ? [new A(…)] : [])]`: checked with the enclosing list; and a list extended by `push`, with what is added. */
function isPartOfList(list: ts.ArrayLiteralExpression): boolean {
  let around: ts.Node = list.parent;
  while (ts.isParenthesizedExpression(around) || ts.isConditionalExpression(around)) around = around.parent;
  return ts.isSpreadElement(around) || (ts.isVariableDeclaration(around) && list.elements.length > 0 && isAddedTo(around));
}

function isAddedTo({ name, parent }: ts.VariableDeclaration): boolean {
  const block = parent.parent.parent;
  return ts.isBlock(block) && block.statements.some((statement) => pushedBy(statement)?.list === nameText(name));
}

/** `const actions = [new A(…)]` and `actions.push(new A(…, { rank: 1 }))`, in one block. */
function* inPushes(context: CheckContext, { statements }: ts.Block): Generator<Report> {
  const lists = new Map<string, { readonly start: readonly ts.Expression[]; readonly added: ts.Expression[] }>();
  for (const statement of statements) {
    for (const { name, initializer } of ts.isVariableStatement(statement) ? statement.declarationList.declarations : []) {
      const made = initializer && bare(initializer);
      if (made && ts.isArrayLiteralExpression(made)) lists.set(nameText(name) ?? "", { start: made.elements, added: [] });
    }
    const pushed = pushedBy(statement);
    if (!pushed) continue;
    const { added } = lists.get(pushed.list) ?? { added: [] };
    lists.set(pushed.list, { start: lists.get(pushed.list)?.start ?? [], added: [...added, ...pushed.added] });
  }
  for (const { start, added } of lists.values()) {
    if (added.length === 0) continue;
    const list = new ActionList(context, [...start, ...added]);
    yield* list.add(start);
    // Other code may push more.
    list.goOnAnywhere();
    yield* list.add(added);
  }
}

function pushedBy(statement: ts.Statement): { readonly list: string; readonly added: readonly ts.Expression[] } | undefined {
  const call = ts.isExpressionStatement(statement) ? bare(statement.expression) : undefined;
  if (!call || !ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return undefined;
  const list = nameText(call.expression.name) === "push" ? nameText(call.expression.expression) : undefined;
  return list === undefined ? undefined : { list, added: call.arguments };
}

/** The actions of a list with their ranks: an action without a rank follows the highest one before it. */
class ActionList {
  readonly #context: CheckContext;
  /** Everything that will be added, to find free ranks. */
  readonly #elements: readonly ts.Expression[];
  readonly #known: Map<number, ts.NewExpression>;
  /** By a shared rank: the new rank of the last action sharing it, so that all fixes can be applied at once. */
  readonly #given = new Map<number, number>();
  /** `undefined` after an unknown value: only literal ranks are compared then. */
  #highest: number | undefined;

  constructor(
    context: CheckContext,
    elements: readonly ts.Expression[],
    known: ReadonlyMap<number, ts.NewExpression> = new Map(),
    highest: number | undefined = 0,
  ) {
    this.#context = context;
    this.#elements = elements;
    this.#known = new Map(known);
    this.#highest = highest;
  }

  goOnAnywhere(): void {
    this.#highest = undefined;
  }

  *add(elements: readonly ts.Expression[]): Generator<Report> {
    for (const element of elements) {
      if (ts.isSpreadElement(element)) yield* this.#addAlternatives(element.expression);
      else yield* this.#addOne(element);
    }
  }

  /** Each alternative list is compared with what precedes it, not with the other alternatives. */
  *#addAlternatives(spread: ts.Expression): Generator<Report> {
    const value = bare(spread);
    if (ts.isConditionalExpression(value)) {
      yield* this.#addAlternatives(value.whenTrue);
      yield* this.#addAlternatives(value.whenFalse);
    } else if (ts.isArrayLiteralExpression(value)) {
      const all = [...this.#elements, ...value.elements];
      yield* new ActionList(this.#context, all, this.#known, this.#highest).add(value.elements);
    }
    this.goOnAnywhere();
  }

  *#addOne(element: ts.Expression): Generator<Report> {
    const created = createdBy(this.#context, element);
    const rank = created && this.#rankOf(created);
    if (created && rank !== undefined) {
      const first = this.#known.get(rank);
      if (first) yield this.#report(created, rank, first);
      else this.#known.set(rank, created.made);
    }
    this.#highest = rank === undefined || this.#highest === undefined ? undefined : Math.max(this.#highest, rank);
  }

  #rankOf({ rank }: Created): number | undefined {
    if (!rank) return this.#highest === undefined ? undefined : this.#highest + 1;
    const value = staticValue(this.#context.modules, this.#context.module, rank)?.value;
    return typeof value === "number" ? value : undefined;
  }

  #report(created: Created, rank: number, first: ts.NewExpression): Report {
    const { module } = this.#context;
    const free = freeRank(this.#given.get(rank) ?? rank, [...this.#known.keys(), ...this.#writtenRanks(), ...this.#given.values()]);
    if (created.rank) this.#given.set(rank, free);
    const edit = created.rank && replacement(module, startOf(created.rank), created.rank.end, String(free));
    return {
      at: created.rank ?? created.made.expression,
      message: `${nameText(created.made.expression) ?? "This action"} has the same rank (${rank}) as ${nameText(first.expression) ?? "another"}. Give each its own rank, or omit ranks to use the order of the list.`,
      fix: edit && { title: `Change its rank to ${free}`, changes: [{ file: module.file, edits: [edit] }] },
    };
  }

  #writtenRanks(): readonly number[] {
    return this.#elements.flatMap((element) => {
      const created = ts.isSpreadElement(element) ? undefined : createdBy(this.#context, element);
      return (created?.rank && this.#rankOf(created)) ?? [];
    });
  }
}

/** A rank after the taken one, and before the next one. */
function freeRank(taken: number, ranks: readonly number[]): number {
  const next = Math.min(...ranks.filter((rank) => rank > taken));
  const following = Math.floor(taken) + 1;
  return following < next ? following : (taken + next) / 2;
}

function createdBy(context: CheckContext, expression: ts.Expression): Created | undefined {
  const made = madeBy(context, expression);
  if (!made || !mayBeAction(context, made)) return undefined;
  const options = made.arguments?.[1] && bare(made.arguments[1]);
  if (!options) return { made, rank: undefined };
  if (!ts.isObjectLiteralExpression(options)) return undefined;
  if (options.properties.some((property) => ts.isSpreadAssignment(property))) return undefined;
  const property = options.properties.find(({ name }) => nameText(name) === "rank");
  if (property === undefined) return { made, rank: undefined };
  if (ts.isPropertyAssignment(property)) return { made, rank: property.initializer };
  return ts.isShorthandPropertyAssignment(property) ? { made, rank: property.name } : undefined;
}

/** `new A(…)`, or a constant initialized with it. */
function madeBy({ modules, module }: CheckContext, expression: ts.Expression): ts.NewExpression | undefined {
  const value = bare(expression);
  if (ts.isNewExpression(value)) return value;
  const meaning = ts.isIdentifier(value) ? expressionMeaning(modules, module, value) : undefined;
  if (meaning?.kind !== "declaration" || meaning.module !== module || !ts.isVariableDeclaration(meaning.declaration)) return undefined;
  const made = isConstant(meaning.declaration) && meaning.declaration.initializer && bare(meaning.declaration.initializer);
  return made && ts.isNewExpression(made) ? made : undefined;
}

function mayBeAction({ modules, module }: CheckContext, { expression }: ts.NewExpression): boolean {
  const meaning = expressionMeaning(modules, module, expression);
  return meaning?.kind !== "class" || familyOf(modules, meaning).kind === "action" || !familyOf(modules, meaning).isComplete;
}
