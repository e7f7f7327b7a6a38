import * as ts from "typescript";
import { memberNamed, memberValue } from "../syntax/members.ts";
import { replacement } from "../syntax/module-edits.ts";
import { bare, isAssignment, nameText, nodesOf } from "../syntax/nodes.ts";
import { startOf } from "../syntax/parse.ts";
import { localDeclaration } from "../syntax/scope.ts";
import { isThis, memberOfThis } from "../syntax/this-member.ts";
import { paramsTypes } from "../values/params-types.ts";
import { refusedTypes } from "../values/type-refusal.ts";
import { refusedValues } from "../values/value-refusal.ts";
import { familyOf } from "../workspace/class-family.ts";
import { expressionMeaning } from "../workspace/expression-meaning.ts";
import type { Check, CheckContext, CheckedClass, Fix, Report } from "./check.ts";

/** Params are stored as JSON: values that it cannot represent are refused when the task is created, or fail the action when it is saved. */
export const paramsNotJson: Check = {
  code: "params-not-json",
  defaultSeverity: "error",
  title: "Params have a type or value that JSON cannot represent",
  *run(context) {
    for (const checked of context.classes) {
      if (checked.kind !== "task" && checked.kind !== "action") continue;
      yield* inTypes(context, checked);
      for (const { owner, value } of paramsValues(context, checked)) yield* inValue(context, owner, value);
    }
  },
};

/** Types of other files are reported there, or at the class that refers to them. */
function* inTypes({ module, modules }: CheckContext, checked: CheckedClass): Generator<Report> {
  const { name, nameNode } = checked.class;
  for (const type of paramsTypes(checked)) {
    for (const refused of refusedTypes(modules, type)) {
      const isHere = refused.module === module;
      const path = ["params", ...refused.path].join(".");
      yield {
        at: isHere ? refused.node : nameNode,
        message: `JSON cannot represent ${refused.what}, which ${path} of ${name} may be: ${refused.advice}.`,
        fix: isHere ? fixOf(module, refused.node, refused.instead) : undefined,
      };
    }
  }
}

function* inValue({ module, modules }: CheckContext, owner: string, value: ts.Expression): Generator<Report> {
  for (const { node, what, advice, instead } of refusedValues(modules, module, value)) {
    yield { at: node, message: `JSON cannot represent ${what} in the params of ${owner}: ${advice}.`, fix: fixOf(module, node, instead) };
  }
}

function fixOf(module: CheckContext["module"], node: ts.Node, instead: string | undefined): Fix | undefined {
  if (instead === undefined) return undefined;
  return { title: `Use ${instead}`, changes: [{ file: module.file, edits: [replacement(module, startOf(node), node.end, instead)] }] };
}

/** The values a class assigns to params: its own, and those of the actions it creates. */
function* paramsValues(
  context: CheckContext,
  { class: { node: declared, name: owner }, kind }: CheckedClass,
): Generator<{ readonly owner: string; readonly value: ts.Expression }> {
  const scheduled = memberValue(memberNamed(declared, "scheduledParams", { isStatic: true }));
  if (kind === "task" && scheduled) yield { owner, value: scheduled };
  for (const node of nodesOf(declared)) {
    if (isAssignment(node) && isWithinParams(node.left)) yield { owner, value: node.right };
    if (ts.isCallExpression(node)) for (const value of addedToParams(node)) yield { owner, value };
    const [value] = ts.isNewExpression(node) ? (node.arguments ?? []) : [];
    const made = value && ts.isNewExpression(node) ? actionClass(context, node.expression) : undefined;
    if (value && made !== undefined) yield { owner: made, value };
  }
}

/** `Object.assign(this.params, …)` and `this.params.list.push(…)`. */
function addedToParams(call: ts.CallExpression): readonly ts.Expression[] {
  const callee = bare(call.expression);
  if (!ts.isPropertyAccessExpression(callee)) return [];
  const method = nameText(callee.name) ?? "";
  if (method === "push" || method === "unshift") return isWithinParams(callee.expression) ? call.arguments : [];
  const [target, ...sources] = call.arguments;
  const isAssign = method === "assign" && nameText(callee.expression) === "Object";
  return isAssign && target && (isParams(target) || isWithinParams(target)) ? sources : [];
}

/** `this.params`, `this.params.a.b`, `params.a`. */
function isWithinParams(target: ts.Expression): boolean {
  if (memberOfThis(bare(target)) === "params") return true;
  let owner = bare(target);
  while (ts.isPropertyAccessExpression(owner) || ts.isElementAccessExpression(owner)) {
    owner = bare(owner.expression);
    if (isParams(owner)) return true;
  }
  return false;
}

/** `this.params`, and the variable of `const { params } = this` and `const params = this.params`. */
function isParams(expression: ts.Expression): boolean {
  const value = bare(expression);
  if (memberOfThis(value) === "params") return true;
  const declaration = ts.isIdentifier(value) ? localDeclaration(value) : undefined;
  if (!declaration) return false;
  if (ts.isVariableDeclaration(declaration))
    return declaration.initializer !== undefined && memberOfThis(bare(declaration.initializer)) === "params";
  if (!ts.isBindingElement(declaration) || nameText(declaration.propertyName ?? declaration.name) !== "params") return false;
  const whole = declaration.parent.parent;
  return ts.isVariableDeclaration(whole) && whole.initializer !== undefined && isThis(whole.initializer);
}

/** The name of the action class an expression refers to. */
function actionClass({ modules, module }: CheckContext, expression: ts.Expression): string | undefined {
  const meaning = expressionMeaning(modules, module, expression);
  return meaning?.kind === "class" && familyOf(modules, meaning).kind === "action" ? meaning.class.name : undefined;
}
