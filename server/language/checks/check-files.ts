import type * as ts from "typescript";
import type { ModuleSyntax } from "../syntax/module-syntax.ts";
import { startOf } from "../syntax/parse.ts";
import { type Unanalysed, unanalysedBy } from "../syntax/unanalysed.ts";
import type { TaskFileModel } from "../task-file-model.ts";
import { comparePositions, containsPosition, type Range } from "../text/position.ts";
import { familyOf } from "../workspace/class-family.ts";
import type { SourceModel } from "../workspace/source-model.ts";
import type { Check, CheckContext, Finding, Report } from "./check.ts";
import { NOT_ANALYSED, notAnalysedMessage } from "./not-analysed.ts";
import { CHECKS } from "./registry.ts";
import { Suppressions } from "./suppressions.ts";

/** Returns the findings in a file, in reading order, with default severities. Recomputed only if something it depends on has changed. */
export function checkFile(workspace: SourceModel, file: string): readonly Finding[] {
  return workspace.derived.atOnce(() => {
    const unanalysed = workspace.unanalysed(file);
    if (unanalysed) return [notAnalysed(workspace, file, unanalysed)];
    return CHECKS.flatMap((check) => findingsOf(workspace, file, check)).sort((a, b) => comparePositions(a.range.start, b.range.start));
  });
}

/** Does what `checkFile` needs, one check per step, so that callers can yield to other work in between. */
export function* checking(workspace: SourceModel, file: string): Generator<void, void, void> {
  if (workspace.unanalysed(file)) return;
  for (const check of CHECKS) {
    findingsOf(workspace, file, check);
    yield;
  }
}

/** Returns the findings in the task files, and in the workspace files they import. */
export function checkWorkspace(workspace: SourceModel): readonly Finding[] {
  return workspace.derived.atOnce(() => workspace.files().flatMap((file) => checkFile(workspace, file)));
}

/** True if findings at a position are suppressed for now, because the code is being written. */
export function isBeingWritten(workspace: SourceModel, { file, code, range }: Pick<Finding, "file" | "code" | "range">): boolean {
  const module = workspace.modules.module(file);
  if (!module) return false;
  if (halfWrittenClasses(module, workspace.file(file)).some((half) => containsPosition(half, range.start))) return true;
  return CHECKS.some((check) => check.code === code && check.needsWholeFiles) && workspace.classes().isHalfWritten;
}

function findingsOf(workspace: SourceModel, file: string, check: Check): readonly Finding[] {
  return workspace.derived.value(`findings\0${check.code}\0${file}`, () => run(workspace, file, check));
}

/** A check that fails costs its findings in this file, and says so. */
function run(workspace: SourceModel, file: string, check: Check): readonly Finding[] {
  const module = workspace.modules.module(file);
  if (!module) return [];
  const context = contextOf(workspace, module);
  try {
    if (check.needsWholeFiles && context.index.isIncomplete) return [];
    return shown(
      context,
      [...check.run(context)].map((report) => findingOf(context, check, report)),
    );
  } catch (error) {
    const { reason, ...unanalysed } = unanalysedBy(error);
    return [notAnalysed(workspace, file, { ...unanalysed, reason: `by ${check.code}, ${reason}` })];
  }
}

function contextOf(workspace: SourceModel, module: ModuleSyntax): CheckContext {
  let classes: CheckContext["classes"] | undefined;
  return {
    module,
    modules: workspace.modules,
    model: workspace.file(module.file),
    get classes() {
      classes ??= module.classes.map((found) => ({ module, class: found, ...familyOf(workspace.modules, { module, class: found }) }));
      return classes;
    },
    get index() {
      return workspace.classes();
    },
  };
}

/** Leaves out what a comment suppresses, what is in code being written, and what is reported twice. */
function shown({ module, model }: CheckContext, findings: readonly Finding[]): readonly Finding[] {
  if (findings.length === 0) return findings;
  const suppressions = new Suppressions(module.lines.text);
  const written = halfWrittenClasses(module, model);
  const seen = new Set<string>();
  return findings
    .filter(({ code, range }) => !suppressions.includes(code, range) && !written.some((half) => containsPosition(half, range.start)))
    .filter(({ range }) => seen.size < seen.add(`${range.start.line}:${range.start.character}`).size);
}

/** An imported file may be data: that it is not analysed is no reason to fail a build. */
function notAnalysed(workspace: SourceModel, file: string, unanalysed: Unanalysed): Finding {
  const start = { line: 0, character: 0 };
  return {
    file,
    range: { start, end: start },
    code: NOT_ANALYSED.code,
    severity: workspace.taskFiles.has(file) ? NOT_ANALYSED.defaultSeverity : "information",
    message: notAnalysedMessage(unanalysed),
  };
}

function findingOf({ module }: CheckContext, { code, defaultSeverity }: Check, { at, message, fix }: Report): Finding {
  const range = "kind" in at ? module.lines.range(startOf(at as ts.Node), at.end) : (at as Range);
  return { file: module.file, range, code, severity: defaultSeverity, message, ...(fix ? { fix } : {}) };
}

/** Findings in a class that cannot be parsed are suppressed: it is being written. */
function halfWrittenClasses(module: ModuleSyntax, model: TaskFileModel): Range[] {
  if (!model.isHalfWritten) return [];
  const { parseDiagnostics = [] } = module.source as { readonly parseDiagnostics?: readonly { readonly start: number }[] };
  // Code missing at the end of a text is missing after its last token.
  const { pos: last } = module.source.endOfFileToken;
  const places = parseDiagnostics.map(({ start }) => module.lines.positionAt(Math.min(start, last)));
  return model.classes.map(({ range }) => range).filter((range) => places.some((place) => containsPosition(range, place)));
}
