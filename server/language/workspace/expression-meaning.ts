import * as ts from "typescript";
import { requiredModule } from "../syntax/imports.ts";
import type { ModuleSyntax } from "../syntax/module-syntax.ts";
import { bare, isConstant, nameText } from "../syntax/nodes.ts";
import { localDeclaration } from "../syntax/scope.ts";
import type { Meaning, Modules } from "./modules.ts";

/** Ends cycles such as `const A = B; const B = A;`. */
const MAXIMUM_ALIASES = 20;
/** `fs.promises` is `fs/promises`. */
const WITH_PROMISES = /^(?:node:)?(?:fs|stream|timers|dns|readline)$/;

/**
 * What an expression refers to if it is a name, `owner.name`, or a module imported in place; `undefined`: a global, or only known at run
 * time.
 */
export function expressionMeaning(modules: Modules, module: ModuleSyntax, expression: ts.Expression, depth = 0): Meaning | undefined {
  if (depth > MAXIMUM_ALIASES) return undefined;
  const value = bare(expression);
  if (ts.isIdentifier(value)) {
    const local = localDeclaration(value);
    const meaning: Meaning | undefined = local
      ? { kind: "declaration", module, declaration: local }
      : modules.meaningOf(module, ts.idText(value));
    return meaning && followed(modules, meaning, depth);
  }
  const access = accessed(value);
  if (access) return memberMeaning(modules, expressionMeaning(modules, module, access.owner, depth + 1), access.name, depth);
  const specifier = importedOnTheSpot(value);
  return specifier === undefined ? undefined : modules.importMeaning(module, { specifier, name: "*" });
}

/** `owner.name` and `owner["name"]`. */
export function accessed(expression: ts.Expression): { readonly owner: ts.Expression; readonly name: string } | undefined {
  const value = bare(expression);
  if (ts.isPropertyAccessExpression(value)) return { owner: value.expression, name: nameText(value.name) ?? "" };
  if (!ts.isElementAccessExpression(value)) return undefined;
  const name = nameText(value.argumentExpression);
  return name === undefined || ts.isIdentifier(value.argumentExpression) ? undefined : { owner: value.expression, name };
}

/** The string in `await import("…")` and `require("…")`. */
function importedOnTheSpot(value: ts.Expression): string | undefined {
  if (!ts.isAwaitExpression(value)) return requiredModule(value);
  const call = bare(value.expression);
  const isImport = ts.isCallExpression(call) && call.expression.kind === ts.SyntaxKind.ImportKeyword;
  return isImport && call.arguments[0] && ts.isStringLiteralLike(call.arguments[0]) ? call.arguments[0].text : undefined;
}

function memberMeaning(modules: Modules, owner: Meaning | undefined, name: string, depth: number): Meaning | undefined {
  if (owner?.kind === "module") {
    const exported = modules.exportOf(owner.module, name);
    return exported && followed(modules, exported, depth);
  }
  const isWhole = owner?.kind === "package" && (owner.name === "*" || owner.name === "default");
  return isWhole ? withPromises({ ...owner, name }) : undefined;
}

/** Resolves constants that are aliases. */
function followed(modules: Modules, meaning: Meaning, depth: number): Meaning {
  if (meaning.kind !== "declaration") return withPromises(meaning);
  const { module, declaration } = meaning;
  if (ts.isVariableDeclaration(declaration)) {
    const { initializer } = declaration;
    return (isConstant(declaration) && initializer && expressionMeaning(modules, module, initializer, depth + 1)) || meaning;
  }
  return (ts.isBindingElement(declaration) && partMeaning(modules, module, declaration, depth)) || meaning;
}

/** The `b` of `const { a: b } = …`. */
function partMeaning(modules: Modules, module: ModuleSyntax, part: ts.BindingElement, depth: number): Meaning | undefined {
  const whole = part.parent.parent;
  if (!ts.isObjectBindingPattern(part.parent) || part.dotDotDotToken || part.initializer) return undefined;
  const isKnown = ts.isVariableDeclaration(whole) && isConstant(whole) && whole.initializer !== undefined;
  const owner = ts.isBindingElement(whole)
    ? partMeaning(modules, module, whole, depth)
    : isKnown && whole.initializer && expressionMeaning(modules, module, whole.initializer, depth + 1);
  return owner ? memberMeaning(modules, owner, nameText(part.propertyName ?? part.name) ?? "", depth) : undefined;
}

function withPromises(meaning: Meaning): Meaning {
  if (meaning.kind !== "package" || meaning.name !== "promises" || !WITH_PROMISES.test(meaning.specifier)) return meaning;
  return { kind: "package", specifier: `${meaning.specifier}/promises`, name: "*" };
}
