import * as ts from "typescript";
import { isGenerator } from "../syntax/members.ts";
import type { ModuleSyntax } from "../syntax/module-syntax.ts";
import { type FunctionWithBody, nameText, nodesExecutedIn } from "../syntax/nodes.ts";
import { expressionMeaning } from "../workspace/expression-meaning.ts";
import type { Meaning, Modules } from "../workspace/modules.ts";
import { functionOf, type Site } from "../workspace/written-function.ts";
import { type NeverReturns, reachesEnd } from "./completion.ts";

/** Functions that never return, by module. */
const ENDING: readonly (readonly [module: RegExp, names: readonly string[]])[] = [
  [/^(?:node:)?process$/, ["exit", "abort"]],
  [/^(?:node:)?assert(?:\/strict)?$/, ["fail"]],
];
/** Names of package functions that accept impossible values. */
const IMPOSSIBLE = /never|unreachable|exhaustive/i;

/** True if a call never returns: `process.exit`, a function of type `never`, or a workspace function that always throws. */
export function neverReturnsAt(site: Site): NeverReturns {
  return ({ expression }) => {
    const written = functionOf(site, expression);
    if (written && alwaysThrows(written.function)) return true;
    const meaning = expressionMeaning(site.modules, site.module, expression);
    if (!meaning) return isEndOfProcess(expression);
    if (meaning.kind === "package") return isEnding(meaning.specifier, meaning.name);
    return meaning.kind === "declaration" && isOfTypeNever(site.modules, meaning);
  };
}

function isEndOfProcess(callee: ts.Expression): boolean {
  if (!ts.isPropertyAccessExpression(callee) || nameText(callee.expression) !== "process") return false;
  return isEnding("process", nameText(callee.name) ?? "");
}

function isEnding(specifier: string, name: string): boolean {
  const known = ENDING.find(([module]) => module.test(specifier));
  return known ? known[1].includes(name) : IMPOSSIBLE.test(name) && !specifier.startsWith("node:");
}

function alwaysThrows(called: FunctionWithBody): boolean {
  if (called.type && isNever(called.type)) return true;
  if (!ts.isBlock(called.body) || isGenerator(called)) return false;
  const returns = [...nodesExecutedIn(called.body)].some((node) => ts.isReturnStatement(node));
  return !returns && !reachesEnd(called.body.statements, () => false);
}

/** `declare function fail(): never`, `const fail: () => never`, or a type of that form. */
function isOfTypeNever(modules: Modules, { module, declaration }: Extract<Meaning, { readonly kind: "declaration" }>): boolean {
  if (ts.isFunctionDeclaration(declaration)) return declaration.type !== undefined && isNever(declaration.type);
  if (!(ts.isVariableDeclaration(declaration) || ts.isParameter(declaration)) || !declaration.type) return false;
  return isFunctionToNever(modules, module, declaration.type);
}

function isFunctionToNever(modules: Modules, module: ModuleSyntax, type: ts.TypeNode): boolean {
  if (ts.isFunctionTypeNode(type)) return isNever(type.type);
  const name = ts.isTypeReferenceNode(type) ? nameText(type.typeName) : undefined;
  const meaning = name === undefined ? undefined : modules.meaningOf(module, name);
  if (meaning?.kind !== "declaration" || !ts.isTypeAliasDeclaration(meaning.declaration)) return false;
  const { type: aliased } = meaning.declaration;
  return ts.isFunctionTypeNode(aliased) && isNever(aliased.type);
}

/** `never` and `Promise<never>`. */
function isNever(type: ts.TypeNode): boolean {
  if (type.kind === ts.SyntaxKind.NeverKeyword) return true;
  return (
    ts.isTypeReferenceNode(type) && nameText(type.typeName) === "Promise" && type.typeArguments?.[0]?.kind === ts.SyntaxKind.NeverKeyword
  );
}
