import * as ts from "typescript";
import { memberNamed, methodOf } from "../syntax/members.ts";
import type { ModuleSyntax } from "../syntax/module-syntax.ts";
import {
  bare,
  enclosingFunction,
  type FunctionWithBody,
  isFunctionWithBody,
  memberOfThis,
  nameText,
  nodesExecutedIn,
} from "../syntax/nodes.ts";
import { type DeclaredClass, expressionMeaning, type Family } from "./class-family.ts";
import type { Meaning, Modules } from "./modules.ts";

/** Where a call stands. */
export interface CallSite {
  readonly modules: Modules;
  readonly module: ModuleSyntax;
  readonly family: Family;
}

/** The function that a call calls, where it is written in the workspace: a method of the class, a function here or imported. */
export function calledFunction(site: CallSite, call: ts.CallExpression): FunctionWithBody | undefined {
  const callee = bare(call.expression);
  const method = memberOfThis(callee);
  if (method !== undefined) return inheritedMethod(site.family, method)?.method;
  if (ts.isIdentifier(callee)) {
    const local = localFunction(callee);
    if (local) return local;
  }
  return functionOf(expressionMeaning(site.modules, site.module, callee));
}

/** The method of that name of a class or of the superclasses that are written in the workspace. */
export function inheritedMethod(
  { line }: Pick<Family, "line">,
  name: string,
): (DeclaredClass & { readonly method: FunctionWithBody }) | undefined {
  for (const declared of line) {
    const method = methodOf(memberNamed(declared.class.node, name, { isStatic: false }));
    if (method) return { ...declared, method };
  }
  return undefined;
}

/** A function declared in the functions around a name. */
function localFunction(name: ts.Identifier): FunctionWithBody | undefined {
  for (let outer = enclosingFunction(name); outer; outer = enclosingFunction(outer)) {
    if (!("body" in outer) || !outer.body) continue;
    for (const node of nodesExecutedIn(outer.body)) {
      const value = ts.isVariableDeclaration(node) && node.initializer ? bare(node.initializer) : node;
      if ((ts.isFunctionDeclaration(node) || ts.isVariableDeclaration(node)) && nameText(node.name) === ts.idText(name))
        return isFunctionWithBody(value) ? value : undefined;
    }
  }
  return undefined;
}

function functionOf(meaning: Meaning | undefined): FunctionWithBody | undefined {
  if (meaning?.kind !== "declaration") return undefined;
  const { declaration } = meaning;
  const value = ts.isVariableDeclaration(declaration) && declaration.initializer ? bare(declaration.initializer) : declaration;
  return isFunctionWithBody(value) ? value : undefined;
}
