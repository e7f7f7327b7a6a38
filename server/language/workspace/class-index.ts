import type { ClassModel, TaskFileModel } from "../task-file-model.ts";
import { type ClassKey, classKey, type ModuleDigest } from "./module-digest.ts";

/** A name under which a file exports a class. */
export interface Export {
  readonly file: string;
  readonly name: string;
}

/** How the files of a workspace refer to each other's classes. */
export interface ClassIndex {
  /** The classes that extend our base classes, in all task files and the files they import. */
  readonly classes: readonly ClassModel[];
  /** The classes with a name, in any file. */
  named(name: string): readonly ClassModel[];
  /** The task files that export a class, and under which names. */
  exportsOf(model: ClassModel): readonly Export[];
  /** True if stored tasks can find it: a task file exports it, or an exported task lists it. */
  isFindable(model: ClassModel): boolean;
  /** True if it is used as a value anywhere, or may be used by an import of a whole file. */
  isMentioned(model: ClassModel): boolean;
  isExtended(model: ClassModel): boolean;
  /** True if some file has an import that cannot be followed, so that a class may be used out of sight. */
  readonly hasUnknownImports: boolean;
  /** True if some file is being written, so that its meaning is not known yet. */
  readonly isHalfWritten: boolean;
  /** True if some file is being written or cannot be analysed: what it says of the classes of others is not known. */
  readonly isIncomplete: boolean;
}

export function indexClasses(
  models: readonly TaskFileModel[],
  digests: ReadonlyMap<string, ModuleDigest>,
  taskFiles: ReadonlySet<string>,
): ClassIndex {
  const classes = models.flatMap((model) => model.classes).filter(({ kind }) => kind !== undefined);
  const exports = exportsByClass(digests, taskFiles);
  // Each keystroke creates a new index, and lenses need little of it.
  const names = lazily(() => exportNames(digests));
  const used = lazily(() => usedClasses(digests));
  const extended = lazily(() => new Set([...digests.values()].flatMap(({ extendedClasses }) => [...extendedClasses])));
  const mentionedNames = lazily(() => mentions(digests));
  const keyOf = (model: ClassModel) => classKey(model.file, model.name);
  const exportsOf = (model: ClassModel) => exports.get(keyOf(model)) ?? [];
  const listed = new Set(
    classes
      .filter((model) => model.kind === "task" && exportsOf(model).length > 0)
      .flatMap(({ listedActions }) => listedActions.flatMap(({ file, name }) => (file === undefined ? [] : [classKey(file, name)]))),
  );
  const byName = new Map<string, ClassModel[]>();
  for (const model of classes) byName.set(model.name, [...(byName.get(model.name) ?? []), model]);
  return {
    classes,
    named: (name) => byName.get(name) ?? [],
    exportsOf,
    isFindable: (model) => exportsOf(model).length > 0 || listed.has(keyOf(model)),
    isMentioned: (model) =>
      used().has(keyOf(model)) || [model.name, ...(names().get(keyOf(model)) ?? [])].some((name) => mentionedNames().has(name)),
    isExtended: (model) => extended().has(keyOf(model)),
    isHalfWritten: models.some((model) => model.isHalfWritten),
    isIncomplete:
      models.some((model) => model.isHalfWritten || model.unanalysed) || [...digests.values()].some(({ unanalysed }) => unanalysed),
    hasUnknownImports: [...digests.values()].some(({ hasUnknownImports }) => hasUnknownImports),
  };
}

function lazily<Value extends object>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function mentions(digests: ReadonlyMap<string, ModuleDigest>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { mentionedNames } of digests.values()) for (const name of mentionedNames) found.add(name);
  return found;
}

function exportsByClass(
  digests: ReadonlyMap<string, ModuleDigest>,
  taskFiles: ReadonlySet<string>,
): ReadonlyMap<ClassKey, readonly Export[]> {
  const found = new Map<ClassKey, Export[]>();
  for (const [file, { exportedClasses }] of digests) {
    if (!taskFiles.has(file)) continue;
    for (const [name, key] of exportedClasses) found.set(key, [...(found.get(key) ?? []), { file, name }]);
  }
  return found;
}

/** The names under which any file exports a class, except `default`. */
function exportNames(digests: ReadonlyMap<string, ModuleDigest>): ReadonlyMap<ClassKey, ReadonlySet<string>> {
  const found = new Map<ClassKey, Set<string>>();
  for (const { exportedClasses } of digests.values()) {
    for (const [name, key] of exportedClasses) if (name !== "default") found.set(key, (found.get(key) ?? new Set()).add(name));
  }
  return found;
}

function usedClasses(digests: ReadonlyMap<string, ModuleDigest>): ReadonlySet<ClassKey> {
  const found = new Set<ClassKey>();
  for (const { mentionedClasses, usedAsWhole } of digests.values()) {
    for (const key of mentionedClasses) found.add(key);
    for (const file of usedAsWhole) for (const key of digests.get(file)?.exportedClasses.values() ?? []) found.add(key);
  }
  return found;
}
