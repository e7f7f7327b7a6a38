import * as ts from "typescript";
import type { ClassSyntax } from "../syntax/class-syntax.ts";
import type { ModuleSyntax } from "../syntax/module-syntax.ts";
import { bare, nameText } from "../syntax/nodes.ts";
import type { Meaning, Modules } from "./modules.ts";

export type ClassKind = "task" | "action" | "process";

/** A class with the file it is declared in. */
export interface DeclaredClass {
  readonly module: ModuleSyntax;
  readonly class: ClassSyntax;
}

/** What a class descends from. */
export interface Family {
  /** `undefined`: from none of our base classes, as far as can be told. */
  readonly kind: ClassKind | undefined;
  /** The class itself, its superclass and so on, as far as they are written in the workspace. */
  readonly line: readonly DeclaredClass[];
  /** Whether the line leads to one of our base classes, or to no superclass at all: nothing is inherited that cannot be seen. */
  readonly isComplete: boolean;
}

export const PACKAGE = "background-task-ex";
/** `const A = B; const B = A;` ends somewhere. */
const MAXIMUM_ALIASES = 20;
const BASES: Readonly<Record<string, ClassKind>> = {
  BackgroundTaskEx: "task",
  BackgroundTaskExAction: "action",
  ScheduledProcess: "process",
};

export function familyOf(modules: Modules, { module, class: first }: DeclaredClass): Family {
  const line: DeclaredClass[] = [];
  let current: DeclaredClass | undefined = { module, class: first };
  while (current) {
    const { node } = current.class;
    if (line.some(({ class: earlier }) => earlier.node === node)) return { kind: undefined, line, isComplete: false };
    line.push(current);
    const superclass = superclassOf(current.class);
    if (!superclass) return { kind: undefined, line, isComplete: true };
    const meaning = expressionMeaning(modules, current.module, superclass.expression);
    const base = meaning && baseKind(meaning);
    if (base) return { kind: base, line, isComplete: true };
    current = meaning?.kind === "class" ? meaning : undefined;
  }
  return { kind: undefined, line, isComplete: false };
}

/** The `extends` of a class with its type arguments. */
export function superclassOf({ node }: ClassSyntax): ts.ExpressionWithTypeArguments | undefined {
  return node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
}

/** What an identifier, or `module.Name`, stands for. */
export function expressionMeaning(modules: Modules, module: ModuleSyntax, expression: ts.Expression, depth = 0): Meaning | undefined {
  const value = bare(expression);
  if (depth > MAXIMUM_ALIASES) return undefined;
  if (ts.isIdentifier(value)) return aliased(modules, modules.meaningOf(module, ts.idText(value)), depth);
  if (!ts.isPropertyAccessExpression(value)) return undefined;
  const owner = expressionMeaning(modules, module, value.expression, depth);
  const name = nameText(value.name) ?? "";
  if (owner?.kind === "module") return aliased(modules, modules.exportOf(owner.module, name), depth);
  if (owner?.kind === "package" && (owner.name === "*" || owner.name === "default")) return { ...owner, name };
  return undefined;
}

/** `const A = B`: what B stands for. */
function aliased(modules: Modules, meaning: Meaning | undefined, depth: number): Meaning | undefined {
  if (meaning?.kind !== "declaration" || !ts.isVariableDeclaration(meaning.declaration)) return meaning;
  const { initializer, parent } = meaning.declaration;
  const value = initializer && bare(initializer);
  const isConstant = (parent.flags & ts.NodeFlags.Const) !== 0;
  if (!isConstant || value === undefined || !(ts.isIdentifier(value) || ts.isPropertyAccessExpression(value))) return meaning;
  return expressionMeaning(modules, meaning.module, value, depth + 1) ?? meaning;
}

function baseKind(meaning: Meaning): ClassKind | undefined {
  return meaning.kind === "package" && meaning.specifier === PACKAGE && Object.hasOwn(BASES, meaning.name)
    ? BASES[meaning.name]
    : undefined;
}
