import { CodeActionKind, type Range } from "vscode-languageserver";
import type { ClassModel, Fix } from "../../../language/index.ts";
import { containsPosition } from "../../../language/text/position.ts";
import type { ReadFile } from "../../task-file-reading.ts";
import type { Offer } from "./offer.ts";

/** Edits that can be offered in a task file: as a light bulb if something is missing, otherwise only on request. */
export function classActions({ language, model, file, facts }: ReadFile, range: Range): Offer[] {
  const { classes, isHalfWritten } = model.file(file);
  if (isHalfWritten) return [];
  if (classes.length === 0) return facts.taskFiles.includes(file) ? offered(language.addFirstAction(model, file), isBlank()) : [];
  const around = classes.find((one) => containsPosition(one.range, range.start) && containsPosition(one.range, range.end));
  return around ? inClass(around) : [];

  function inClass(one: ClassModel): Offer[] {
    if (one.kind === "task") return offered(language.addAction(model, one), !one.isAbstract && language.isWithoutActions(model, one));
    return offered(language.implementRecovery(model, one), false);
  }

  function isBlank(): boolean {
    return model.modules.module(file)?.lines.text.trim() === "";
  }
}

function offered(fix: Fix | undefined, isMissing: boolean): Offer[] {
  return fix ? [{ ...fix, kind: isMissing ? CodeActionKind.QuickFix : CodeActionKind.RefactorRewrite }] : [];
}
