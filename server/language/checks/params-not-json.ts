import * as ts from "typescript";
import { memberNamed, memberValue } from "../syntax/members.ts";
import { bare, isAssignment, memberOfThis, nameText, nodesOf } from "../syntax/nodes.ts";
import { startOf } from "../syntax/parse.ts";
import { replacement } from "../text/change.ts";
import { paramsTypes } from "../values/params-type.ts";
import { refusedTypes } from "../values/type-refusal.ts";
import { refusedValues } from "../values/value-refusal.ts";
import { expressionMeaning, familyOf } from "../workspace/class-family.ts";
import type { Check, CheckContext, CheckedClass, Fix, Report } from "./check.ts";

/** Params are stored as JSON: what that cannot hold is refused when the task is created, or fails the action when it is saved. */
export const paramsNotJson: Check = {
  code: "params-not-json",
  defaultSeverity: "error",
  title: "Params have a type or value that JSON cannot hold",
  *run(context) {
    for (const checked of context.classes) {
      if (checked.kind !== "task" && checked.kind !== "action") continue;
      yield* inTypes(context, checked);
      for (const { owner, value } of paramsValues(context, checked)) yield* inValue(context, owner, value);
    }
  },
};

/** Types of other files are reported where those are checked, or at the class that names them. */
function* inTypes({ module, modules }: CheckContext, checked: CheckedClass): Generator<Report> {
  const { name, nameNode } = checked.class;
  for (const type of paramsTypes(checked)) {
    for (const refused of refusedTypes(modules, type)) {
      const isHere = refused.module === module;
      const path = ["params", ...refused.path].join(".");
      yield {
        at: isHere ? refused.node : nameNode,
        message: `JSON cannot hold ${refused.what}, which ${path} of ${name} may be: ${refused.advice}.`,
        fix: isHere ? fixOf(module, refused.node, refused.instead) : undefined,
      };
    }
  }
}

function* inValue({ module, modules }: CheckContext, owner: string, value: ts.Expression): Generator<Report> {
  for (const { node, what, advice, instead } of refusedValues(modules, module, value)) {
    yield { at: node, message: `JSON cannot hold ${what} in the params of ${owner}: ${advice}.`, fix: fixOf(module, node, instead) };
  }
}

function fixOf(module: CheckContext["module"], node: ts.Node, instead: string | undefined): Fix | undefined {
  if (instead === undefined) return undefined;
  return { title: `Use ${instead}`, changes: [{ file: module.file, edits: [replacement(module, startOf(node), node.end, instead)] }] };
}

/** What the class sets params to: its own, and those of the actions that it makes. */
function* paramsValues(
  context: CheckContext,
  { class: { node: declared, name: owner }, kind }: CheckedClass,
): Generator<{ readonly owner: string; readonly value: ts.Expression }> {
  const scheduled = memberValue(memberNamed(declared, "scheduledParams", { isStatic: true }));
  if (kind === "task" && scheduled) yield { owner, value: scheduled };
  const names = new Set<string>();
  for (const node of nodesOf(declared)) {
    // `const { params } = this`, `const params = this.params`
    if (ts.isVariableDeclaration(node) && node.initializer) {
      if (memberOfThis(bare(node.initializer)) === "params" && ts.isIdentifier(node.name)) names.add(ts.idText(node.name));
      if (bare(node.initializer).kind === ts.SyntaxKind.ThisKeyword && ts.isObjectBindingPattern(node.name))
        for (const { name, propertyName } of node.name.elements)
          if (nameText(propertyName ?? name) === "params" && ts.isIdentifier(name)) names.add(ts.idText(name));
    }
    if (isAssignment(node) && isWithinParams(node.left, names)) yield { owner, value: node.right };
    const [value] = ts.isNewExpression(node) ? (node.arguments ?? []) : [];
    const made = value && ts.isNewExpression(node) ? actionClass(context, node.expression) : undefined;
    if (value && made !== undefined) yield { owner: made, value };
  }
}

/** `this.params`, `this.params.a.b`, `params.a`. */
function isWithinParams(target: ts.Expression, names: ReadonlySet<string>): boolean {
  let owner = bare(target);
  for (; ts.isPropertyAccessExpression(owner) || ts.isElementAccessExpression(owner); owner = bare(owner.expression)) {
    if (memberOfThis(owner) === "params") return true;
  }
  return owner !== bare(target) && ts.isIdentifier(owner) && names.has(ts.idText(owner));
}

/** The name of the action class that an expression stands for. */
function actionClass({ modules, module }: CheckContext, expression: ts.Expression): string | undefined {
  const meaning = expressionMeaning(modules, module, expression);
  return meaning?.kind === "class" && familyOf(modules, meaning).kind === "action" ? meaning.class.name : undefined;
}
