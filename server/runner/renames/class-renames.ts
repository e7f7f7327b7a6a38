import type { ClassState } from "../../protocol/folder-state.ts";
import { type ClassRename, needsClass } from "../../service/index.ts";
import type { TaskRecord } from "../../store/index.ts";
import type { SeenClass } from "./seen-class.ts";

/** Stored tasks of a class that no longer exists, and a class that is new in the same file. */
export interface NoticedRename extends ClassRename {
  /** How many stored tasks are affected. */
  readonly tasks: number;
}

/** How many classes that no longer exist are remembered; the oldest are forgotten. */
const MOST_GONE = 100;

/** Detects renamed classes by comparing the exports of task files between scans. */
export class ClassRenames {
  readonly #seen = new Map<string, SeenClass>();
  readonly #noticed = new Set<string>();

  /** What the last scan found, classes that no longer exist first. */
  get seen(): readonly SeenClass[] {
    return [...this.#seen.values()];
  }

  /** Call before the first scan, with the result of the last one of an earlier session. */
  recall(seen: readonly SeenClass[]): void {
    for (const found of seen) this.#seen.set(keyOf(found.kind, found.name), found);
  }

  /**
   * What is new since the last scan; each rename is reported once.
   *
   * @param brokenFiles files that currently fail to load: their exports are unknown.
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
      // Move to the end as the newest.
      this.#seen.delete(key);
      this.#seen.set(key, { ...found, siblings: namesIn.get(keyOf(found.kind, found.file)) ?? [] });
    }
    const forgotten = this.#seen.size - exported.length - MOST_GONE;
    for (const key of [...this.#seen.keys()].slice(0, Math.max(0, forgotten))) this.#seen.delete(key);
  }
}

/** The classes that stored tasks need but no file exports. */
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

/** Among the classes that were not in the file at the last scan, the one nearest to its former position. */
function successorOf(of: ClassRename["of"], { file, line, siblings }: SeenClass, classes: readonly ClassState[]): string | undefined {
  const distance = (candidate: ClassState) => Math.abs((candidate.line ?? Number.POSITIVE_INFINITY) - line);
  return classes
    .filter((candidate) => candidate.kind === of && candidate.file === file && !siblings.includes(candidate.name) && !candidate.problem)
    .toSorted((a, b) => distance(a) - distance(b))[0]?.name;
}

function keyOf(kind: string, name: string): string {
  return `${kind} ${name}`;
}
