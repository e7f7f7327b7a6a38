import type { ClassState } from "../../protocol/folder-state.ts";
import { type ClassRename, needsClass } from "../../service/index.ts";
import type { TaskRecord } from "../../store/index.ts";
import type { SeenClass } from "./seen-class.ts";

/** Stored tasks of a class that is gone, and a class that is new in the same file. */
export interface NoticedRename extends ClassRename {
  /** How many stored tasks are concerned. */
  readonly tasks: number;
}

/** Classes that are gone and are remembered all the same; the oldest are forgotten. */
const MOST_GONE = 100;

/** Notices that a class was renamed, by what task files export from one look to the next. */
export class ClassRenames {
  readonly #seen = new Map<string, SeenClass>();
  readonly #noticed = new Set<string>();

  /** What was seen by the last look, those that are gone first. */
  get seen(): readonly SeenClass[] {
    return [...this.#seen.values()];
  }

  /** Before the first look: what the last one saw, on another day. */
  recall(seen: readonly SeenClass[]): void {
    for (const found of seen) this.#seen.set(keyOf(found.kind, found.name), found);
  }

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
    const exported = classes.flatMap(({ kind, name, file, line = 0 }) =>
      kind === "process" || file === undefined ? [] : [{ kind, name, file, line }],
    );
    const namesIn = new Map<string, string[]>();
    for (const { kind, name, file } of exported) namesIn.set(keyOf(kind, file), [...(namesIn.get(keyOf(kind, file)) ?? []), name]);
    for (const found of exported) {
      const key = keyOf(found.kind, found.name);
      // As the newest.
      this.#seen.delete(key);
      this.#seen.set(key, { ...found, siblings: namesIn.get(keyOf(found.kind, found.file)) ?? [] });
    }
    const forgotten = this.#seen.size - exported.length - MOST_GONE;
    for (const key of [...this.#seen.keys()].slice(0, Math.max(0, forgotten))) this.#seen.delete(key);
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
function successorOf(of: ClassRename["of"], { file, line, siblings }: SeenClass, classes: readonly ClassState[]): string | undefined {
  const distance = (candidate: ClassState) => Math.abs((candidate.line ?? Number.POSITIVE_INFINITY) - line);
  return classes
    .filter((candidate) => candidate.kind === of && candidate.file === file && !siblings.includes(candidate.name) && !candidate.problem)
    .toSorted((a, b) => distance(a) - distance(b))[0]?.name;
}

function keyOf(kind: string, name: string): string {
  return `${kind} ${name}`;
}
