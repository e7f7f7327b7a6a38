import * as ts from "typescript";
import { nameText } from "../syntax/nodes.ts";
import type { Modules } from "../workspace/modules.ts";
import type { TypeInScope } from "./type-refusal.ts";

/** The properties that an object type requires, if it is written out: a literal, or an interface or alias of one without type parameters. */
export function requiredProperties(modules: Modules, { module, node, scope }: TypeInScope): readonly string[] {
  if (ts.isTypeLiteralNode(node)) return requiredIn(node.members);
  if (!ts.isTypeReferenceNode(node) || !ts.isIdentifier(node.typeName) || node.typeArguments || scope.has(ts.idText(node.typeName)))
    return [];
  const meaning = modules.meaningOf(module, ts.idText(node.typeName));
  const declaration = meaning?.kind === "declaration" ? meaning.declaration : undefined;
  if (!declaration) return [];
  if (ts.isInterfaceDeclaration(declaration)) return requiredIn(declaration.members);
  return ts.isTypeAliasDeclaration(declaration) && ts.isTypeLiteralNode(declaration.type) ? requiredIn(declaration.type.members) : [];
}

function requiredIn(members: readonly ts.TypeElement[]): readonly string[] {
  return members.flatMap((member) =>
    ts.isPropertySignature(member) && !member.questionToken && member.type && !mayBeUndefined(member.type)
      ? (nameText(member.name) ?? [])
      : [],
  );
}

function mayBeUndefined(type: ts.TypeNode): boolean {
  if (ts.isUnionTypeNode(type)) return type.types.some(mayBeUndefined);
  return [ts.SyntaxKind.UndefinedKeyword, ts.SyntaxKind.AnyKeyword, ts.SyntaxKind.UnknownKeyword].includes(type.kind);
}
