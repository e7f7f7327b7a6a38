import * as ts from "typescript";
import { type FunctionWithBody, hasModifier, isFunctionWithBody, nameText } from "./nodes.ts";

export type Member = ts.ClassElement;

export function memberNamed(node: ts.ClassLikeDeclaration, name: string, { isStatic }: { readonly isStatic: boolean }): Member | undefined {
  const named = node.members.filter(
    (member) => nameText(member.name) === name && hasModifier(member, ts.SyntaxKind.StaticKeyword) === isStatic,
  );
  // The overload with a body.
  return named.find((member) => isFunctionWithBody(member)) ?? named[0];
}

/** The value of a property, or what a getter returns directly. */
export function memberValue(member: Member | undefined): ts.Expression | undefined {
  if (member === undefined) return undefined;
  if (ts.isPropertyDeclaration(member)) return member.initializer;
  if (!ts.isGetAccessorDeclaration(member)) return undefined;
  const [only, ...others] = member.body?.statements ?? [];
  return only && others.length === 0 && ts.isReturnStatement(only) ? only.expression : undefined;
}

/** The function of a method, or of a property initialized with one. */
export function methodOf(member: Member | undefined): FunctionWithBody | undefined {
  if (isFunctionWithBody(member)) return member;
  const value = memberValue(member);
  return value !== undefined && (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) ? value : undefined;
}

export function methodNamed(node: ts.ClassLikeDeclaration, name: string): FunctionWithBody | undefined {
  return methodOf(memberNamed(node, name, { isStatic: false }));
}

export function isAsync(method: ts.Node): boolean {
  return hasModifier(method, ts.SyntaxKind.AsyncKeyword);
}

export function isGenerator(method: ts.FunctionLikeDeclaration): boolean {
  return "asteriskToken" in method && method.asteriskToken !== undefined;
}
