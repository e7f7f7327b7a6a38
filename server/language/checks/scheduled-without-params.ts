import * as ts from "typescript";
import { memberNamed, memberValue } from "../syntax/members.ts";
import { bare, isAssignment, nameText, nodesOf } from "../syntax/nodes.ts";
import { isThis, memberOfThis } from "../syntax/this-member.ts";
import { paramsTypes } from "../values/params-types.ts";
import { requiredProperties } from "../values/required-properties.ts";
import { writtenSchedule } from "../values/written-schedule.ts";
import { familyOf } from "../workspace/class-family.ts";
import { expressionMeaning } from "../workspace/expression-meaning.ts";
import type { Check, CheckContext, CheckedClass } from "./check.ts";

/** A static schema refuses such params when the file is loaded, so only classes without one are checked. */
export const scheduledWithoutParams: Check = {
  code: "scheduled-without-params",
  defaultSeverity: "warning",
  title: "A schedule creates tasks without the params that they need",
  *run(context) {
    for (const checked of context.classes) {
      if (checked.kind !== "task" || !checked.isComplete || !isScheduled(context, checked)) continue;
      if (has(checked, "scheduledParams") || has(checked, "params")) continue;
      const used = usedParams(context, checked);
      const missing = requiredParams(context, checked).filter((name) => used.has(name));
      if (missing.length === 0) continue;
      const { name, nameNode } = checked.class;
      yield {
        at: nameNode,
        message: `The schedule of ${name} creates tasks with the params {}, but ${namesOf(missing)} ${missing.length === 1 ? "is" : "are"} needed. Add static scheduledParams, or give the params defaults.`,
      };
    }
  },
};

/** Operators that make sense of `undefined`. */
const ALLOWS_FOR_NOTHING: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.QuestionQuestionToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
]);

function has({ line }: CheckedClass, name: string): boolean {
  return line.some(({ class: { node } }) => memberNamed(node, name, { isStatic: true }));
}

function isScheduled({ modules }: CheckContext, { line }: CheckedClass): boolean {
  for (const { module, class: found } of line) {
    const member = memberNamed(found.node, "schedule", { isStatic: true });
    if (!member) continue;
    const value = memberValue(member);
    const call = value && bare(value);
    const written = call && ts.isCallExpression(call) ? writtenSchedule(modules, module, call) : undefined;
    return written !== undefined && !written.isDisabled;
  }
  return false;
}

/** The properties that the class's type of params requires. */
function requiredParams({ modules }: CheckContext, { line }: CheckedClass): readonly string[] {
  const [type] = paramsTypes({ line });
  return type ? requiredProperties(modules, type) : [];
}

/** The params that the task reads, or the actions that get a copy of them, without a default. */
function usedParams(context: CheckContext, { line }: CheckedClass): ReadonlySet<string> {
  const used = new Set<string>();
  const isCreating = line.some(({ class: { node } }) =>
    ["createActions", "getNextAction"].some((name) => memberNamed(node, name, { isStatic: false })),
  );
  const readers = isCreating ? line.map(({ class: { node } }) => node) : listedActions(context, line);
  const given = new Set<string>();
  for (const reader of readers) {
    for (const node of nodesOf(reader)) {
      if (isGivenAway(node)) return new Set();
      for (const name of readAt(node)) used.add(name);
      for (const name of givenAt(node)) given.add(name);
    }
  }
  for (const name of given) used.delete(name);
  return used;
}

/** Only a list written out, of classes in the workspace, with nothing between them and our base class that is out of sight. */
function listedActions({ modules }: CheckContext, line: CheckedClass["line"]): readonly ts.Node[] {
  for (const { module, class: found } of line) {
    const member = memberNamed(found.node, "actions", { isStatic: true });
    if (!member) continue;
    const value = memberValue(member);
    const list = value && bare(value);
    if (!list || !ts.isArrayLiteralExpression(list)) return [];
    return list.elements.flatMap((element) => {
      const meaning = expressionMeaning(modules, module, element);
      if (meaning?.kind !== "class") return [];
      const action = familyOf(modules, meaning);
      return action.isComplete ? action.line.map(({ class: { node } }) => node) : [];
    });
  }
  return [];
}

/** `this.params.name`, and `name` of `const { name } = this.params`. */
function readAt(node: ts.Node): readonly string[] {
  if (ts.isPropertyAccessExpression(node)) {
    return memberOfThis(bare(node.expression)) === "params" && !node.questionDotToken && !hasDefault(node)
      ? [nameText(node.name) ?? ""]
      : [];
  }
  return parts(node).flatMap(({ name, propertyName, initializer }) =>
    initializer === undefined ? (nameText(propertyName ?? name) ?? []) : [],
  );
}

/** What is assigned, has a default, or is looked for: an action that does this knows that it may be missing. */
function givenAt(node: ts.Node): readonly string[] {
  if (ts.isPropertyAccessExpression(node)) {
    return memberOfThis(bare(node.expression)) === "params" && (node.questionDotToken || hasDefault(node))
      ? [nameText(node.name) ?? ""]
      : [];
  }
  return parts(node).flatMap(({ name, propertyName, initializer }) => (initializer ? (nameText(propertyName ?? name) ?? []) : []));
}

function parts(node: ts.Node): readonly ts.BindingElement[] {
  if (!ts.isVariableDeclaration(node) || !ts.isObjectBindingPattern(node.name) || !node.initializer) return [];
  return memberOfThis(bare(node.initializer)) === "params" ? node.name.elements : [];
}

function hasDefault(node: ts.Node): boolean {
  let outer = node.parent;
  while (ts.isParenthesizedExpression(outer) || ts.isNonNullExpression(outer)) outer = outer.parent;
  if (ts.isBinaryExpression(outer)) return ALLOWS_FOR_NOTHING.has(outer.operatorToken.kind) || (isAssignment(outer) && outer.left === node);
  if (ts.isIfStatement(outer) || ts.isConditionalExpression(outer) || ts.isPrefixUnaryExpression(outer)) return true;
  return ts.isPropertyAccessExpression(outer) && outer.questionDotToken !== undefined;
}

/** True if the params as a whole go where they may be completed. */
function isGivenAway(node: ts.Node): boolean {
  if (ts.isBindingElement(node)) {
    const { initializer } = node.parent.parent as ts.VariableDeclaration;
    return nameText(node.propertyName ?? node.name) === "params" && initializer !== undefined && isThis(initializer);
  }
  if (memberOfThis(node) !== "params") return false;
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return false;
  return !(ts.isVariableDeclaration(parent) && ts.isObjectBindingPattern(parent.name));
}

function namesOf(names: readonly string[]): string {
  return names.map((name) => `params.${name}`).join(" and ");
}
