import type * as ts from "typescript";
import type { ModuleSyntax } from "../syntax/module-syntax.ts";
import type { TaskFileModel } from "../task-file-model.ts";
import type { Range } from "../text/position.ts";
import type { FileEdit } from "../text/text-edit.ts";
import type { DeclaredClass, Family } from "../workspace/class-family.ts";
import type { ClassIndex } from "../workspace/class-index.ts";
import type { Modules } from "../workspace/modules.ts";

export type Severity = "error" | "warning" | "information";

/** One mistake that can be read in a file. */
export interface Check {
  /** Stable, for settings and suppressions; also the name of its page in docs/checks. */
  readonly code: string;
  readonly defaultSeverity: Severity;
  /** The mistake in a few words, as a rule is listed. */
  readonly title: string;
  /** Whether it looks at the classes of other files. */
  readonly isAcrossFiles?: true;
  /** Whether it is to say nothing while any file is half-written: what it misses may be what is written. */
  readonly needsWholeFiles?: true;
  run(context: CheckContext): Iterable<Report>;
}

/** A file to be checked. */
export interface CheckContext {
  readonly module: ModuleSyntax;
  readonly modules: Modules;
  readonly model: TaskFileModel;
  readonly classes: readonly CheckedClass[];
  /** For checks that are `isAcrossFiles` only. */
  readonly index: ClassIndex;
}

export interface CheckedClass extends DeclaredClass, Family {}

export interface Report {
  /** Where it is marked. */
  readonly at: ts.Node | Range;
  /** Names the thing and the way out, in a sentence or two. */
  readonly message: string;
  readonly fix?: Fix | undefined;
}

export interface Fix {
  /** As editors list it: "Await the promise". */
  readonly title: string;
  readonly changes: readonly FileEdit[];
}

/** What a check found. Plain data. */
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
