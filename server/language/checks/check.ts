import type * as ts from "typescript";
import type { ModuleSyntax } from "../syntax/module-syntax.ts";
import type { TaskFileModel } from "../task-file-model.ts";
import type { Range } from "../text/position.ts";
import type { FileEdit } from "../text/text-edit.ts";
import type { DeclaredClass, Family } from "../workspace/class-family.ts";
import type { ClassIndex } from "../workspace/class-index.ts";
import type { Modules } from "../workspace/modules.ts";

export type Severity = "error" | "warning" | "information";

/** A mistake that can be detected by reading a file. */
export interface Check {
  /** Stable, for settings and suppressions; also the name of its page in docs/checks. */
  readonly code: string;
  readonly defaultSeverity: Severity;
  /** Describes the mistake briefly, as in a list of rules. */
  readonly title: string;
  /** True if it must not report anything while any file is half-written, because the missing code may be what is being written. */
  readonly needsWholeFiles?: true;
  run(context: CheckContext): Iterable<Report>;
}

/** A file to be checked. */
export interface CheckContext {
  readonly module: ModuleSyntax;
  readonly modules: Modules;
  readonly model: TaskFileModel;
  readonly classes: readonly CheckedClass[];
  /** What is derived from it changes with the classes of any file. */
  readonly index: ClassIndex;
}

export interface CheckedClass extends DeclaredClass, Family {}

export interface Report {
  /** The position to mark. */
  readonly at: ts.Node | Range;
  /** Names the thing and the way out, in one or two sentences. */
  readonly message: string;
  readonly fix?: Fix | undefined;
}

export interface Fix {
  /** As shown in editors: "Await the promise". */
  readonly title: string;
  readonly changes: readonly FileEdit[];
}

/** A finding of a check. Plain data. */
export interface Finding {
  /** Absolute path. */
  readonly file: string;
  readonly range: Range;
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly fix?: Fix;
}

export function actionsIn({ classes }: CheckContext): readonly CheckedClass[] {
  return classes.filter(({ kind }) => kind === "action");
}
