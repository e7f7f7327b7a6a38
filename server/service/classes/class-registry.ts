import { ACTION_BRAND, PROCESS_BRAND, TASK_BRAND } from "../../authoring/brand.ts";
import type { AnyAction, AnyTask, OnActionFailed, RetryDelay, Schedule, ScheduledProcess } from "../../authoring/index.ts";
import { didYouMean, nearestName } from "../closest-name.ts";
import type { ExportedClass } from "../service-options.ts";

/** A concrete task class with the values the engine reads from it. */
export interface TaskClass {
  new (params: unknown): AnyTask;
  readonly prototype: AnyTask;
  readonly name: string;
  readonly actions: readonly unknown[];
  readonly onActionFailed: OnActionFailed;
  readonly schedule?: Schedule;
  readonly scheduledParams?: unknown;
  readonly params?: unknown;
}

export interface ActionClass {
  new (params: unknown, options?: { readonly name?: string; readonly rank?: number }): AnyAction;
  readonly name: string;
  readonly maxAttempts: number;
  readonly retryDelay: RetryDelay;
  readonly attemptTimeout: number;
  readonly maxIdlePauses: number;
}

export interface ProcessClass {
  new (): ScheduledProcess;
  readonly name: string;
}

interface Known<Class> {
  readonly class: Class;
  readonly file: string | undefined;
}

/** A class that cannot be used, and why, as a message. */
export interface Unusable {
  readonly problem: string;
  /** The existing class whose name is nearest, if the name may be an old one of it. */
  readonly nearest?: string;
}

/**
 * The classes of a workspace by name. Stored tasks refer to their classes by name, so a name shared by two classes is unusable for both.
 */
export class ClassRegistry {
  readonly #tasks = new Map<string, Known<TaskClass>[]>();
  readonly #actions = new Map<string, Known<ActionClass>[]>();
  readonly #processes = new Map<string, Known<ProcessClass>[]>();
  readonly #loadProblems: readonly string[];

  constructor(exported: readonly ExportedClass[], loadProblems: readonly string[] = []) {
    this.#loadProblems = loadProblems;
    for (const { class: candidate, file } of exported) {
      if (isTaskClass(candidate)) this.#addTask(candidate, file);
      else if (isActionClass(candidate)) add(this.#actions, candidate, file);
      else if (isProcessClass(candidate)) add(this.#processes, candidate, file);
    }
  }

  task(name: string): TaskClass | Unusable {
    return this.#find("task", this.#tasks, name);
  }

  action(name: string): ActionClass | Unusable {
    return this.#find("action", this.#actions, name);
  }

  /** Why ticks can never execute anything of this name; `undefined` if they may. `stored`: the names of classes that stored tasks have. */
  problemOfName(name: string, stored: readonly string[]): string | undefined {
    if (this.#tasks.has(name) || this.#processes.has(name) || stored.includes(name)) return undefined;
    return this.#missing("task", name, [...this.#tasks.keys(), ...this.#processes.keys(), ...stored]);
  }

  taskClasses(): readonly TaskClass[] {
    return usable(this.#tasks);
  }

  processClasses(): readonly ProcessClass[] {
    return usable(this.#processes);
  }

  taskNames(): readonly string[] {
    return [...this.#tasks.keys()];
  }

  /** Yields every class with its file, including duplicates. */
  *all(): Generator<{
    readonly kind: "task" | "action" | "process";
    readonly class: TaskClass | ActionClass | ProcessClass;
    readonly file: string | undefined;
  }> {
    for (const known of [...this.#tasks.values()].flat()) yield { kind: "task", ...known };
    for (const known of [...this.#actions.values()].flat()) yield { kind: "action", ...known };
    for (const known of [...this.#processes.values()].flat()) yield { kind: "process", ...known };
  }

  /** Returns each name that several classes share. */
  duplicates(): readonly { readonly name: string; readonly files: readonly string[]; readonly problem: string }[] {
    return [this.#tasks, this.#actions, this.#processes].flatMap((classes) =>
      [...classes]
        .filter(([, known]) => known.length > 1)
        .map(([name, known]) => ({ name, files: filesOf(known), problem: sharedName(name, known) })),
    );
  }

  #addTask(taskClass: TaskClass, file: string | undefined): void {
    add(this.#tasks, taskClass, file);
    for (const action of taskClass.actions) if (isActionClass(action)) add(this.#actions, action, file);
  }

  #find<Class extends object>(
    kind: "task" | "action",
    classes: ReadonlyMap<string, readonly Known<Class>[]>,
    name: string,
  ): Class | Unusable {
    const [only, ...others] = classes.get(name) ?? [];
    if (only && others.length === 0) return only.class;
    if (only) return { problem: sharedName(name, [only, ...others]) };
    const nearest = nearestName(name, [...classes.keys()]);
    return { problem: this.#missing(kind, name, [...classes.keys()]), ...(nearest !== undefined && { nearest }) };
  }

  #missing(kind: "task" | "action", name: string, candidates: readonly string[]): string {
    const isOfOtherKind = kind === "task" ? this.#actions.has(name) : this.#tasks.has(name);
    const other = kind === "task" ? "an action: create a task that has it among its actions" : "a task";
    const hint = isOfOtherKind ? ` ${name} is ${other}.` : didYouMean(name, candidates);
    const unloaded = this.#loadProblems.length > 0 ? ` It may be in a file that failed to load: ${this.#loadProblems.join("; ")}` : "";
    return `No task file exports ${kind === "action" ? "an action" : "a task"} class ${name}.${hint}${unloaded}`;
  }
}

export function isUnusable(found: object): found is Unusable {
  return !("prototype" in found) && "problem" in found;
}

export function isTaskClass(value: unknown): value is TaskClass {
  return isBranded(value, TASK_BRAND);
}

export function isActionClass(value: unknown): value is ActionClass {
  return isBranded(value, ACTION_BRAND);
}

function isProcessClass(value: unknown): value is ProcessClass {
  return isBranded(value, PROCESS_BRAND);
}

function isBranded(value: unknown, brand: symbol): boolean {
  return typeof value === "function" && (value as unknown as Record<symbol, unknown>)[brand] === true;
}

function add<Class extends { readonly name: string }>(classes: Map<string, Known<Class>[]>, added: Class, file: string | undefined): void {
  const known = classes.get(added.name) ?? [];
  if (known.some((other) => other.class === added)) return;
  classes.set(added.name, [...known, { class: added, file }]);
}

function usable<Class>(classes: ReadonlyMap<string, readonly Known<Class>[]>): Class[] {
  return [...classes.values()].flatMap(([only, ...others]) => (only && others.length === 0 ? [only.class] : []));
}

function sharedName(name: string, known: readonly Known<unknown>[]): string {
  const files = filesOf(known);
  return `${known.length} classes are named ${name}${files.length > 0 ? `, in ${files.join(" and ")}` : ""}. Rename all but one: stored tasks find their class by its name.`;
}

function filesOf(known: readonly Known<unknown>[]): string[] {
  return [...new Set(known.flatMap(({ file }) => (file ? [file] : [])))];
}
