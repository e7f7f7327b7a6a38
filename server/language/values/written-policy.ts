import * as ts from "typescript";
import { backoff, type RetryDelay } from "../../authoring/retry-delay.ts";
import { memberNamed, memberValue } from "../syntax/members.ts";
import type { ModuleSyntax } from "../syntax/module-syntax.ts";
import { bare } from "../syntax/nodes.ts";
import type { MemberName } from "../task-file-model.ts";
import { type DeclaredClass, familyOf } from "../workspace/class-family.ts";
import { expressionMeaning } from "../workspace/expression-meaning.ts";
import type { Modules } from "../workspace/modules.ts";
import type { SourceModel } from "../workspace/source-model.ts";
import { packageCall } from "./package-call.ts";
import { type Known, staticValue } from "./static-value.ts";
import { type WrittenSchedule, writtenSchedule } from "./written-schedule.ts";

/** A class identified by its file and its name at run time. */
export interface ClassInFile {
  readonly file: string;
  readonly name: string;
}

/** How often an action is attempted, according to the text. */
export interface WrittenRetry {
  /** The author's value. `undefined`: none. */
  readonly maxAttempts: unknown;
  /** @throws RangeError if `backoff` would refuse its options. */
  readonly retryDelay: () => RetryDelay;
  /** The author's values. `undefined`: none. */
  readonly attemptTimeout: unknown;
  readonly maxIdlePauses: unknown;
}

/**
 * The schedule of a class according to its current text, saved or not; `undefined` if it has none, or if only executing the file shows it.
 */
export function writtenScheduleOf(workspace: SourceModel, owner: ClassInFile): WrittenSchedule | undefined {
  return ofClass(workspace, owner, (modules, declared) => {
    const member = staticMember(modules, declared, "schedule");
    if (member === undefined || member === "absent" || !ts.isCallExpression(member.expression)) return undefined;
    return writtenSchedule(modules, member.module, member.expression);
  });
}

/** How often an action is attempted according to its current text; `undefined` if only executing the file shows it. */
export function writtenRetryOf(workspace: SourceModel, owner: ClassInFile): WrittenRetry | undefined {
  return ofClass(workspace, owner, (modules, declared) => {
    const maxAttempts = knownValue(modules, declared, "maxAttempts");
    const retryDelay = writtenDelay(modules, declared);
    const attemptTimeout = knownValue(modules, declared, "attemptTimeout");
    const maxIdlePauses = knownValue(modules, declared, "maxIdlePauses");
    if (!maxAttempts || !retryDelay || !attemptTimeout || !maxIdlePauses) return undefined;
    return {
      maxAttempts: maxAttempts.value,
      retryDelay,
      attemptTimeout: attemptTimeout.value,
      maxIdlePauses: maxIdlePauses.value,
    };
  });
}

/** Whether a task of the class waits for the user after one of its actions has failed for good; `undefined` if that cannot be read. */
export function stopsOnFailure(workspace: SourceModel, owner: ClassInFile): boolean | undefined {
  return ofClass(workspace, owner, (modules, declared) => {
    const known = knownValue(modules, declared, "onActionFailed");
    return known && known.value === "stop";
  });
}

function writtenDelay(modules: Modules, declared: DeclaredClass): (() => RetryDelay) | undefined {
  const member = staticMember(modules, declared, "retryDelay");
  if (member === "absent") return () => 0;
  if (member === undefined) return undefined;
  const { module, expression } = member;
  const value = staticValue(modules, module, expression)?.value;
  if (typeof value === "number") return () => value;
  const called = ts.isCallExpression(expression) ? packageCall(modules, module, expression) : undefined;
  if (called?.name !== "backoff") return undefined;
  return () => backoff(...(called.args as Parameters<typeof backoff>));
}

function knownValue(modules: Modules, declared: DeclaredClass, name: MemberName): Known | undefined {
  const member = staticMember(modules, declared, name);
  if (member === "absent") return { value: undefined };
  return member && staticValue(modules, member.module, member.expression);
}

function ofClass<Result>(
  { derived, modules }: SourceModel,
  { file, name }: ClassInFile,
  read: (modules: Modules, declared: DeclaredClass) => Result | undefined,
): Result | undefined {
  return derived.atOnce(() => {
    const module = modules.module(file);
    const found = module?.classes.find((candidate) => candidate.name === name);
    return module && found && read(modules, { module, class: found });
  });
}

/** An expression with the file in which its names are resolved. */
interface PlacedExpression {
  readonly module: ModuleSyntax;
  readonly expression: ts.Expression;
}

/**
 * The value of a static member, set by the class or one of its superclasses, with constants resolved. `"absent"`: not set, the base class's
 * value applies. `undefined`: it cannot be read.
 */
function staticMember(modules: Modules, declared: DeclaredClass, name: MemberName): PlacedExpression | "absent" | undefined {
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
