import * as ts from "typescript";
import { memberNamed, memberValue } from "../syntax/members.ts";
import type { ModuleSyntax } from "../syntax/module-syntax.ts";
import { bare } from "../syntax/nodes.ts";
import type { MemberName } from "../task-file-model.ts";
import { type DeclaredClass, familyOf } from "../workspace/class-family.ts";
import { expressionMeaning } from "../workspace/expression-meaning.ts";
import type { Modules } from "../workspace/modules.ts";

/** An expression with the file whose names it uses. */
export interface PlacedExpression {
  readonly module: ModuleSyntax;
  readonly expression: ts.Expression;
}

/**
 * What a static member is set to, by the class or by one that it descends from; constants are followed to what they are made of.
 * `"absent"`: nobody sets it, the base class's own counts. `undefined`: that cannot be read.
 */
export function staticMember(modules: Modules, declared: DeclaredClass, name: MemberName): PlacedExpression | "absent" | undefined {
  const { line, isComplete } = familyOf(modules, declared);
  for (const { module, class: found } of line) {
    const member = memberNamed(found.node, name, { isStatic: true });
    if (!member) continue;
    const expression = memberValue(member);
    return expression && constant(modules, { module, expression });
  }
  return isComplete ? "absent" : undefined;
}

function constant(modules: Modules, { module, expression }: PlacedExpression): PlacedExpression {
  const value = bare(expression);
  const meaning = expressionMeaning(modules, module, value);
  if (meaning?.kind !== "declaration" || !ts.isVariableDeclaration(meaning.declaration)) return { module, expression: value };
  const { initializer, parent } = meaning.declaration;
  const isConstant = (parent.flags & ts.NodeFlags.Const) !== 0;
  return isConstant && initializer ? { module: meaning.module, expression: bare(initializer) } : { module, expression: value };
}
