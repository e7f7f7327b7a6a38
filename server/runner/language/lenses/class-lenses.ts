import type { CodeLens, Command } from "vscode-languageserver";
import type { ClassModel } from "../../../language/index.ts";
import type { ReadFile } from "../../task-file-reading.ts";
import type { Surroundings } from "../surroundings.ts";
import { actionLenses } from "./action-lenses.ts";
import { plainLens } from "./plain-lens.ts";
import { taskLenses } from "./task-lenses.ts";

/** The lenses over the classes of a file: commands for each, and its current state. */
export function classLenses({ model, file, facts }: ReadFile, surroundings: Surroundings): CodeLens[] {
  const index = model.classes();
  return model.file(file).classes.flatMap((one) => {
    if (one.kind === undefined || one.isAbstract || !index.isFindable(one)) return [];
    const commands = lensesOf(one);
    return commands.map((command) => ({ range: one.nameRange, command }));
  });

  function lensesOf({ kind, name }: ClassModel): readonly Command[] {
    const known = facts.classes.find((described) => described.kind === kind && described.name === name);
    if (facts.areClassesKnown && facts.isTrusted && !known) return [plainLens(notKnown())];
    return kind === "action" ? actionLenses(name, facts, surroundings) : taskLenses(known ?? { kind: "task", name }, facts, surroundings);
  }

  function notKnown(): string {
    const { t } = surroundings.wording;
    return facts.loadProblems.some((problem) => problem.file === file)
      ? t("cannot be used: the file failed to load")
      : t("not known yet: save the file");
  }
}
