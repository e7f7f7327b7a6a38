import type { ClassModel } from "../../../language/index.ts";
import type { ClassState } from "../../../protocol/folder-state.ts";
import { shortText } from "../../../words/short-text.ts";
import type { HoverContext } from "./hover-context.ts";

/** What loading the files has shown of a class; `undefined` where that is nothing. */
export function knownClass({ kind, name }: Pick<ClassModel, "kind" | "name">, { facts }: HoverContext): ClassState | undefined {
  return facts.classes.find((described) => described.kind === kind && described.name === name);
}

/** Why a class is not known that is written there. */
export function unknownInWords(owner: ClassModel, { facts, model, isUnsaved, wording: { t } }: HoverContext): string {
  if (!facts.isTrusted) return t("nothing is loaded in a workspace that is not trusted");
  if (!facts.areClassesKnown) return t("the task files are not loaded yet");
  const broken = facts.loadProblems.find(({ file }) => file === owner.file);
  if (broken) return t("the file does not load: {0}", shortText(broken.message));
  if (!model.classes().isFindable(owner)) return t("no task file exports it, so that no stored task finds it");
  return isUnsaved ? t("the file is not saved yet") : t("the file is not loaded yet as it is now");
}
