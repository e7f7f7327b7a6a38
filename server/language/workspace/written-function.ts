import * as ts from "typescript";
import { memberNamed, methodOf } from "../syntax/members.ts";
import type { ModuleSyntax } from "../syntax/module-syntax.ts";
import { bare, type FunctionWithBody, isFunctionWithBody } from "../syntax/nodes.ts";
import { memberOfThis } from "../syntax/this-member.ts";
import type { DeclaredClass, Family } from "./class-family.ts";
import { accessed, expressionMeaning } from "./expression-meaning.ts";
import type { Meaning, Modules } from "./modules.ts";

/** The context of an expression. */
export interface Site {
  readonly modules: Modules;
  readonly module: ModuleSyntax;
  readonly family: Family;
}

/** A function with its file. */
export interface WrittenFunction {
  readonly module: ModuleSyntax;
  readonly function: FunctionWithBody;
}

/** The function an expression refers to, if it is in the workspace: a method of the class, a function in this file, or an imported one. */
export function functionOf({ modules, module, family }: Site, expression: ts.Expression): WrittenFunction | undefined {
  const value = bare(expression);
  if (isFunctionWithBody(value)) return { module, function: value };
  const method = memberOfThis(value);
  if (method !== undefined) return methodIn(family, method);
  const access = accessed(value);
  if (access?.owner.kind === ts.SyntaxKind.SuperKeyword) return methodIn({ line: superclassesAt(family, value) }, access.name);
  const owner = access && expressionMeaning(modules, module, access.owner);
  if (owner?.kind === "class") {
    const found = methodOf(memberNamed(owner.class.node, access?.name ?? "", { isStatic: true }));
    return found && { module: owner.module, function: found };
  }
  return functionMeant(expressionMeaning(modules, module, value));
}

/** The method with that name in a class or its workspace superclasses. */
function methodIn({ line }: Pick<Family, "line">, name: string): WrittenFunction | undefined {
  for (const { module, class: declared } of line) {
    const method = methodOf(memberNamed(declared.node, name, { isStatic: false }));
    if (method) return { module, function: method };
  }
  return undefined;
}

/** The classes that `super` refers to there. */
function superclassesAt({ line }: Family, node: ts.Node): readonly DeclaredClass[] {
  for (let around = node.parent; around; around = around.parent) {
    const index = line.findIndex(({ class: { node: declared } }) => declared === around);
    if (index >= 0) return line.slice(index + 1);
  }
  return [];
}

function functionMeant(meaning: Meaning | undefined): WrittenFunction | undefined {
  if (meaning?.kind !== "declaration") return undefined;
  const { module, declaration } = meaning;
  const value = ts.isVariableDeclaration(declaration) && declaration.initializer ? bare(declaration.initializer) : declaration;
  return isFunctionWithBody(value) ? { module, function: value } : undefined;
}
