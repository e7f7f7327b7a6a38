import type { ClassState, FolderChange, FolderSnapshot, FolderState, TaskState } from "../../server/protocol/folder-state.ts";

/** The parts of a folder that a change may affect. */
export interface FolderDifference {
  /** Keys of the folder's state with new values. */
  readonly keys: ReadonlySet<keyof FolderState>;
  /** Names of the task classes that have gained or lost a task. */
  readonly regrouped: ReadonlySet<string>;
  /** Ids of tasks that existed before and differ now. */
  readonly changedTasks: readonly string[];
  /** Ids of tasks in which only details changed, which their data document shows. */
  readonly touchedTasks?: readonly string[];
  readonly historyChanged: boolean;
}

/** A workspace folder as reported by the runner: a mirror that only its messages change. */
export class FolderModel {
  #state: Omit<FolderState, "tasks">;
  readonly #tasks = new Map<string, TaskState>();
  readonly #tasksByClass = new Map<string, Map<string, TaskState>>();
  #revision: number;

  constructor({ revision, state }: FolderSnapshot) {
    const { tasks, ...rest } = state;
    this.#state = rest;
    this.#revision = revision;
    for (const task of tasks) this.#put(task);
  }

  get uri(): string {
    return this.#state.uri;
  }

  get state(): Omit<FolderState, "tasks"> {
    return this.#state;
  }

  /** In no particular order. */
  get tasks(): readonly TaskState[] {
    return [...this.#tasks.values()];
  }

  get taskCount(): number {
    return this.#tasks.size;
  }

  task(id: string): TaskState | undefined {
    return this.#tasks.get(id);
  }

  /** Oldest first. */
  tasksOf(className: string): readonly TaskState[] {
    return [...(this.#tasksByClass.get(className)?.values() ?? [])].sort(
      (a, b) => compare(a.createdAt, b.createdAt) || compare(a.id, b.id),
    );
  }

  taskCountOf(className: string): number {
    return this.#tasksByClass.get(className)?.size ?? 0;
  }

  /** Classes of tasks and processes: those that task files export, and those of stored tasks that none exports. By name. */
  get shownClasses(): readonly string[] {
    const exported = this.#state.classes.filter(({ kind }) => kind !== "action").map(({ name }) => name);
    return [...new Set([...exported, ...this.#tasksByClass.keys()])].sort(compare);
  }

  shownClass(name: string): ClassState | undefined {
    return this.#state.classes.find((candidate) => candidate.kind !== "action" && candidate.name === name);
  }

  classNamed(kind: ClassState["kind"], name: string): ClassState | undefined {
    return this.#state.classes.find((candidate) => candidate.kind === kind && candidate.name === name);
  }

  /** Applies a change. `undefined` if an earlier change was missed, so that the whole state must be requested. */
  apply({ revision, set, unset, tasks = [], touched, removed = [], historyChanged }: FolderChange): FolderDifference | undefined {
    // The whole state may have been requested while this change was in transit.
    if (revision <= this.#revision) return { keys: new Set(), regrouped: new Set(), changedTasks: [], historyChanged: false };
    if (revision !== this.#revision + 1) return undefined;
    this.#revision = revision;
    this.#set(set, unset);
    const regrouped = new Set<string>();
    const changedTasks: string[] = [];
    for (const id of removed) {
      const before = this.#drop(id);
      if (before) regrouped.add(before.class);
    }
    for (const task of tasks) {
      const before = this.#tasks.get(task.id);
      if (before?.class === task.class) changedTasks.push(task.id);
      else {
        this.#drop(task.id);
        for (const { class: name } of before ? [before, task] : [task]) regrouped.add(name);
      }
      // Kept at its place: sorting what is almost in order is fast.
      this.#put(task);
    }
    const keys = new Set([...Object.keys(set ?? {}), ...(unset ?? [])] as (keyof FolderState)[]);
    return { keys, regrouped, changedTasks, ...(touched && { touchedTasks: touched }), historyChanged: historyChanged === true };
  }

  #set(set: FolderChange["set"], unset: FolderChange["unset"]): void {
    const state = { ...this.#state, ...set };
    for (const key of unset ?? []) delete (state as { problem?: string })[key];
    this.#state = state;
  }

  #put(task: TaskState): void {
    this.#tasks.set(task.id, task);
    const group = this.#tasksByClass.get(task.class) ?? new Map<string, TaskState>();
    this.#tasksByClass.set(task.class, group.set(task.id, task));
  }

  #drop(id: string): TaskState | undefined {
    const task = this.#tasks.get(id);
    if (!task) return undefined;
    this.#tasks.delete(id);
    const group = this.#tasksByClass.get(task.class);
    group?.delete(id);
    if (group?.size === 0) this.#tasksByClass.delete(task.class);
    return task;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
