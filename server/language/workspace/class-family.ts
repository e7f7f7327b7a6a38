import * as ts from "typescript";
import type { ClassSyntax } from "../syntax/class-syntax.ts";
import type { ModuleSyntax } from "../syntax/module-syntax.ts";
import { bare } from "../syntax/nodes.ts";
import { expressionMeaning } from "./expression-meaning.ts";
import type { Meaning, Modules } from "./modules.ts";

export type ClassKind = "task" | "action" | "process";

/** A class with its declaring file. */
export interface DeclaredClass {
  readonly module: ModuleSyntax;
  readonly class: ClassSyntax;
}

/** The ancestry of a class. */
export interface Family {
  /** `undefined`: none of our base classes, as far as can be seen. */
  readonly kind: ClassKind | undefined;
  /** The class itself, its superclass and so on, as far as they are in the workspace. */
  readonly line: readonly DeclaredClass[];
  /** True if the line ends at one of our base classes, or without a superclass: nothing is inherited out of sight. */
  readonly isComplete: boolean;
}

/** What a longer line inherits is not known: otherwise the time to read a file would grow with the square of its length. */
const MAXIMUM_LINE = 32;

export const PACKAGE = "background-task-ex";
const BASES: Readonly<Record<string, ClassKind>> = {
  BackgroundTaskEx: "task",
  BackgroundTaskExAction: "action",
  ScheduledProcess: "process",
};

export function familyOf(modules: Modules, { module, class: first }: DeclaredClass): Family {
  const line: DeclaredClass[] = [];
  let current: DeclaredClass | undefined = { module, class: first };
  let isComplete = true;
  while (current) {
    const { node } = current.class;
    const isEndless = line.length === MAXIMUM_LINE || line.some(({ class: earlier }) => earlier.node === node);
    if (isEndless) return { kind: undefined, line, isComplete: false };
    line.push(current);
    const superclass = superclassOf(current.class);
    if (!superclass) return { kind: undefined, line, isComplete };
    const extended = bare(superclass.expression);
    // A mixin adds members that cannot be seen here.
    if (ts.isCallExpression(extended)) isComplete = false;
    const meaning = ancestorMeaning(modules, current.module, extended);
    const base = meaning && baseKind(meaning);
    if (base) return { kind: base, line, isComplete };
    current = meaning?.kind === "class" ? meaning : undefined;
  }
  return { kind: undefined, line, isComplete: false };
}

/** The class that a class extends, also in `Mixin(Base)`. */
function ancestorMeaning(modules: Modules, module: ModuleSyntax, extended: ts.Expression): Meaning | undefined {
  const value = bare(extended);
  if (ts.isExpressionWithTypeArguments(value)) return ancestorMeaning(modules, module, value.expression);
  if (!ts.isCallExpression(value)) return expressionMeaning(modules, module, value);
  for (const argument of value.arguments) {
    const meaning = ancestorMeaning(modules, module, argument);
    if (meaning && (meaning.kind === "class" || baseKind(meaning))) return meaning;
  }
  return undefined;
}

/** The `extends` clause of a class with its type arguments. */
export function superclassOf({ node }: ClassSyntax): ts.ExpressionWithTypeArguments | undefined {
  return node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
}

function baseKind(meaning: Meaning): ClassKind | undefined {
  return meaning.kind === "package" && meaning.specifier === PACKAGE && Object.hasOwn(BASES, meaning.name)
    ? BASES[meaning.name]
    : undefined;
}
