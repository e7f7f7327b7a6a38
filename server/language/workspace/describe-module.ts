import * as ts from "typescript";
import type { ClassSyntax } from "../syntax/class-syntax.ts";
import { type Member, memberNamed, memberValue, methodOf } from "../syntax/members.ts";
import type { ModuleSyntax } from "../syntax/module-syntax.ts";
import { bare, nodesOf } from "../syntax/nodes.ts";
import { startOf, textOf } from "../syntax/parse.ts";
import { localDeclaration } from "../syntax/scope.ts";
import {
  type ClassModel,
  type ClassReference,
  METHOD_NAMES,
  type MemberModel,
  type MemberName,
  STATIC_MEMBER_NAMES,
  type TaskFileModel,
} from "../task-file-model.ts";
import { familyOf, superclassOf } from "./class-family.ts";
import { expressionMeaning } from "./expression-meaning.ts";
import type { Modules } from "./modules.ts";

export function describeModule(modules: Modules, module: ModuleSyntax): TaskFileModel {
  const names = exportNames(module);
  return {
    file: module.file,
    classes: module.classes.map((found) => describeClass(modules, module, found, names)),
    isHalfWritten: (module.source as { parseDiagnostics?: readonly unknown[] }).parseDiagnostics?.length !== 0,
    ...(module.unanalysed ? { unanalysed: module.unanalysed } : {}),
  };
}

function describeClass(
  modules: Modules,
  module: ModuleSyntax,
  found: ClassSyntax,
  names: ReadonlyMap<ts.Node, readonly string[]>,
): ClassModel {
  const { node, name, nameNode, isAbstract } = found;
  const { kind, line } = familyOf(modules, { module, class: found });
  const superclass = superclassOf(found);
  const parent = line[1];
  return {
    file: module.file,
    name,
    kind,
    isAbstract,
    exportNames: names.get(node) ?? [],
    ...(superclass ? { superclass: { name: textOf(superclass.expression), ...(parent ? { file: parent.module.file } : {}) } } : {}),
    range: module.lines.range(startOf(node), node.end),
    nameRange: nameRange(module, nameNode),
    members: {
      ...describeMembers(module, node, STATIC_MEMBER_NAMES, { isStatic: true }),
      ...describeMembers(module, node, METHOD_NAMES, { isStatic: false }),
    },
    listedActions: listedActions(modules, module, node),
    createdActions: createdActions(modules, module, node),
  };
}

/** By the declaration that a name exports. */
function exportNames({ exports, classesByName }: ModuleSyntax): ReadonlyMap<ts.Node, readonly string[]> {
  const found = new Map<ts.Node, string[]>();
  for (const [name, exported] of exports) {
    const declared = "local" in exported ? classesByName.get(exported.local)?.node : "value" in exported ? exported.value : undefined;
    if (declared) found.set(declared, [...(found.get(declared) ?? []), name]);
  }
  return found;
}

/** For an anonymous class, the keyword. */
function nameRange({ lines }: ModuleSyntax, nameNode: ts.Node) {
  const start = startOf(nameNode);
  return ts.isIdentifier(nameNode) ? lines.range(start, nameNode.end) : lines.range(...classKeyword(nameNode));
}

function classKeyword(node: ts.Node): [number, number] {
  const start = startOf(node);
  const offset = start + Math.max(0, textOf(node).search(/\bclass\b/));
  return [offset, offset + "class".length];
}

function describeMembers(
  module: ModuleSyntax,
  node: ts.ClassLikeDeclaration,
  names: readonly MemberName[],
  { isStatic }: { readonly isStatic: boolean },
): ClassModel["members"] {
  return Object.fromEntries(
    names.flatMap((name) => {
      const member = memberNamed(node, name, { isStatic });
      return member ? [[name, describeMember(module, member)]] : [];
    }),
  );
}

function describeMember({ lines }: ModuleSyntax, member: Member): MemberModel {
  const value = memberValue(member);
  const body = methodOf(member)?.body;
  return {
    range: lines.range(startOf(member), member.end),
    nameRange: lines.range(startOf(member.name ?? member), (member.name ?? member).end),
    ...(value ? { valueRange: lines.range(startOf(value), value.end) } : {}),
    ...(body ? { bodyRange: lines.range(startOf(body), body.end) } : {}),
  };
}

function listedActions(modules: Modules, module: ModuleSyntax, node: ts.ClassLikeDeclaration): ClassReference[] {
  const value = memberValue(memberNamed(node, "actions", { isStatic: true }));
  const list = value && bare(value);
  if (!list || !ts.isArrayLiteralExpression(list)) return [];
  return list.elements.flatMap((element) => referenced(modules, module, element));
}

/** In any of its methods, and in functions of the file called by them. */
function createdActions(modules: Modules, module: ModuleSyntax, node: ts.ClassLikeDeclaration): ClassReference[] {
  const parts = new Set<ts.Node>([node]);
  const found: ClassReference[] = [];
  for (const part of parts) {
    for (const inner of nodesOf(part)) {
      if (ts.isNewExpression(inner)) found.push(...referenced(modules, module, inner.expression));
      if (!ts.isCallExpression(inner) || !ts.isIdentifier(inner.expression) || localDeclaration(inner.expression)) continue;
      const meaning = modules.meaningOf(module, ts.idText(inner.expression));
      if (meaning?.kind === "declaration" && meaning.module === module && isFunction(meaning.declaration)) parts.add(meaning.declaration);
    }
  }
  return found;
}

function isFunction(declaration: ts.Node): boolean {
  if (ts.isFunctionDeclaration(declaration)) return true;
  return (
    ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined && ts.isArrowFunction(bare(declaration.initializer))
  );
}

function referenced(modules: Modules, module: ModuleSyntax, expression: ts.Expression): ClassReference[] {
  const value = bare(expression);
  if (!ts.isIdentifier(value) && !ts.isPropertyAccessExpression(value)) return [];
  const range = module.lines.range(startOf(value), value.end);
  const meaning = expressionMeaning(modules, module, value);
  return [meaning?.kind === "class" ? { name: meaning.class.name, file: meaning.module.file, range } : { name: textOf(value), range }];
}
