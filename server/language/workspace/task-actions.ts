import type { ClassModel, ClassReference } from "../task-file-model.ts";
import { familyOf } from "./class-family.ts";
import type { SourceModel } from "./source-model.ts";

/** The actions of a new task of a class, as far as they are literal. */
export interface TaskActions {
  /** `listed`: in `static actions`, in rank order. `created`: by methods, which may rank and repeat them in any way. */
  readonly from: "listed" | "created";
  /** Each class once. */
  readonly classes: readonly ClassReference[];
}

/** From the class itself or an ancestor, following the engine: `createActions` wins over `static actions`. */
export function actionsOf(workspace: SourceModel, { file, name }: Pick<ClassModel, "file" | "name">): TaskActions {
  return workspace.derived.value(`actions\0${file}\0${name}`, () => {
    const module = workspace.modules.module(file);
    const found = module?.classes.find((candidate) => candidate.name === name);
    if (!module || !found) return { from: "listed", classes: [] };
    const line = familyOf(workspace.modules, { module, class: found }).line.flatMap(
      (declared) => workspace.file(declared.module.file).classes.find((model) => model.name === declared.class.name) ?? [],
    );
    const creating = line.find(({ members }) => members.createActions) ?? line.find(({ members }) => members.getNextAction);
    if (creating && creating.createdActions.length > 0) return { from: "created", classes: distinct(creating.createdActions) };
    return { from: "listed", classes: distinct(line.find(({ members }) => members.actions)?.listedActions ?? []) };
  });
}

/** True if two references refer to the same class. */
export function isSameClass(a: Pick<ClassReference, "file" | "name">, b: Pick<ClassReference, "file" | "name">): boolean {
  return a.name === b.name && a.file === b.file;
}

function distinct(references: readonly ClassReference[]): readonly ClassReference[] {
  return references.filter((reference, index) => references.findIndex((other) => isSameClass(reference, other)) === index);
}
