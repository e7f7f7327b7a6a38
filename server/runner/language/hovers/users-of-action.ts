import type { ClassModel } from "../../../language/index.ts";
import type { ReadFile } from "../../task-file-reading.ts";

/** The classes whose tasks use this action, according to the text of them or their superclasses. */
export function taskClassesUsing(action: ClassModel, { language, model }: ReadFile): readonly ClassModel[] {
  const { isSameClass, actionsOf } = language;
  return model
    .classes()
    .classes.filter(({ kind, isAbstract }) => kind === "task" && !isAbstract)
    .filter((task) => actionsOf(model, task).classes.some((mention) => isSameClass(mention, action)));
}
