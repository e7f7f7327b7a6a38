import type { ClassModel } from "../../../language/index.ts";
import type { ClassState } from "../../../protocol/folder-state.ts";
import { shortText } from "../../../words/short-text.ts";
import type { HoverContext } from "./hover-context.ts";

/** What is known about a class from loading the files, if anything. */
export function knownClass({ kind, name }: Pick<ClassModel, "kind" | "name">, { facts }: HoverContext): ClassState | undefined {
  return facts.classes.find((described) => described.kind === kind && described.name === name);
}

/** Why nothing is known about a class in the text. */
export function unknownInWords(owner: ClassModel, { facts, model, isUnsaved, wording: { t } }: HoverContext): string {
  if (!facts.isTrusted) return t("nothing is loaded in an untrusted workspace");
  if (!facts.areClassesKnown) return t("the task files are not loaded yet");
  const broken = facts.loadProblems.find(({ file }) => file === owner.file);
  if (broken) return t("the file failed to load: {0}", shortText(broken.message));
  if (!model.classes().isFindable(owner)) return t("not exported by any task file, so stored tasks cannot find it");
  return isUnsaved ? t("the file is not saved yet") : t("the current version of the file is not loaded yet");
}
