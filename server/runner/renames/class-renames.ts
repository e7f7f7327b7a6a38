import type { ClassState } from "../../protocol/folder-state.ts";
import { type ClassRename, needsClass } from "../../service/index.ts";
import type { TaskRecord } from "../../store/index.ts";

/** Stored tasks of a class that is gone, and a class that is new in the same file. */
export interface NoticedRename extends ClassRename {
  /** How many stored tasks are concerned. */
  readonly tasks: number;
}

/** A class as it was seen last. */
interface Seen {
  readonly file: string;
  readonly line: number;
  /** Names of all classes of its kind in its file at that time. */
  readonly siblings: ReadonlySet<string>;
}

/** Notices that a class was renamed, by what task files export from one look to the next. */
export class ClassRenames {
  readonly #seen = new Map<string, Seen>();
  readonly #noticed = new Set<string>();

  /**
   * What is new since the last look; each rename is noticed once.
   *
   * @param brokenFiles those that do not load at present: what they export is not known.
   */
  look(classes: readonly ClassState[], brokenFiles: ReadonlySet<string>, tasks: readonly TaskRecord[]): NoticedRename[] {
    const renames = missingClasses(classes, tasks).flatMap((missing) => {
      const seen = this.#seen.get(keyOf(missing.of, missing.from));
      const to = seen && !brokenFiles.has(seen.file) ? successorOf(missing.of, seen, classes) : undefined;
      return to === undefined ? [] : [{ ...missing, to, tasks: tasks.filter((task) => needsClass(task, missing)).length }];
    });
    this.#remember(classes);
    return renames.filter(({ of, from, to }) => {
      const key = JSON.stringify([of, from, to]);
      return !this.#noticed.has(key) && this.#noticed.add(key);
    });
  }

  #remember(classes: readonly ClassState[]): void {
    const namesIn = new Map<string, Set<string>>();
    for (const { kind, name, file = "" } of classes) {
      const key = keyOf(kind, file);
      namesIn.set(key, (namesIn.get(key) ?? new Set()).add(name));
    }
    for (const { kind, name, file, line = 0 } of classes) {
      if (file === undefined) continue;
      this.#seen.set(keyOf(kind, name), { file, line, siblings: namesIn.get(keyOf(kind, file)) ?? new Set() });
    }
  }
}

/** The classes that stored tasks need and no file exports. */
function missingClasses(classes: readonly ClassState[], tasks: readonly TaskRecord[]): Pick<ClassRename, "of" | "from">[] {
  const exported = new Set(classes.map(({ kind, name }) => keyOf(kind, name)));
  const missing = new Map<string, Pick<ClassRename, "of" | "from">>();
  const note = (of: ClassRename["of"], from: string) => {
    const key = keyOf(of, from);
    if (!exported.has(key)) missing.set(key, { of, from });
  };
  for (const task of tasks) {
    note("task", task.class);
    for (const action of task.actions) note("action", action.class);
  }
  return [...missing.values()].filter((candidate) => tasks.some((task) => needsClass(task, candidate)));
}

/** Of the classes that were not in the file when it was seen last, the one that is nearest to where it was. */
function successorOf(of: ClassRename["of"], { file, line, siblings }: Seen, classes: readonly ClassState[]): string | undefined {
  const distance = (candidate: ClassState) => Math.abs((candidate.line ?? Number.POSITIVE_INFINITY) - line);
  return classes
    .filter((candidate) => candidate.kind === of && candidate.file === file && !siblings.has(candidate.name) && !candidate.problem)
    .toSorted((a, b) => distance(a) - distance(b))[0]?.name;
}

function keyOf(kind: string, name: string): string {
  return `${kind} ${name}`;
}
