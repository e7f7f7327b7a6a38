import { isDeepStrictEqual } from "node:util";
import type { FolderChange, FolderSnapshot, FolderState, TaskState } from "../../protocol/folder-state.ts";

type Settable = Omit<FolderState, "uri" | "name" | "tasks" | "problem">;
type Unsent = {
  set?: Partial<Settable & { problem: string }>;
  unset?: ["problem"];
  tasks: Set<string>;
  touched: Set<string>;
  removed: Set<string>;
  history: boolean;
};

/** Milliseconds between two changes that are sent: what happens in between is sent together. */
const LEAST_INTERVAL = 50;

/** What clients know of a folder. Sends what changed, and only that, a moment after it did. */
export class PublishedState {
  readonly #publish: (change: FolderChange) => void;
  #state: Omit<FolderState, "tasks">;
  readonly #tasks = new Map<string, TaskState>();
  #revision = 0;
  #unsent: Unsent | undefined;
  #timer: NodeJS.Timeout | undefined;
  #sentAt = 0;

  constructor(initial: Omit<FolderState, "tasks">, publish: (change: FolderChange) => void) {
    this.#state = initial;
    this.#publish = publish;
  }

  get state(): Omit<FolderState, "tasks"> {
    return this.#state;
  }

  set(values: Partial<Settable>): void {
    for (const key of Object.keys(values) as (keyof Settable)[]) {
      if (isDeepStrictEqual(this.#state[key], values[key])) continue;
      this.#state = { ...this.#state, [key]: values[key] };
      const unsent = this.#change();
      unsent.set = { ...unsent.set, [key]: values[key] };
    }
  }

  setProblem(problem: string | undefined): void {
    if (this.#state.problem === problem) return;
    const { problem: _before, ...rest } = this.#state;
    this.#state = problem === undefined ? rest : { ...rest, problem };
    const unsent = this.#change();
    if (problem === undefined) {
      unsent.unset = ["problem"];
      delete unsent.set?.problem;
    } else {
      unsent.set = { ...unsent.set, problem };
      delete unsent.unset;
    }
  }

  /** All the tasks there are, in order. Those that are the same object as before cost a comparison. */
  setTasks(tasks: readonly TaskState[]): { readonly removed: readonly string[] } {
    const gone = new Set(this.#tasks.keys());
    for (const task of tasks) {
      gone.delete(task.id);
      this.setTask(task);
    }
    for (const id of gone) {
      this.#tasks.delete(id);
      const { tasks: changed, removed } = this.#change();
      changed.delete(id);
      removed.add(id);
    }
    return { removed: [...gone] };
  }

  setTask(task: TaskState): void {
    const before = this.#tasks.get(task.id);
    if (before === task) return;
    this.#tasks.set(task.id, task);
    if (before && isDeepStrictEqual(before, task)) return;
    const { tasks, removed } = this.#change();
    tasks.add(task.id);
    removed.delete(task.id);
  }

  /** Something of the task has changed, perhaps only what its state does not show. */
  touch(id: string): void {
    this.#change().touched.add(id);
  }

  task(id: string): TaskState | undefined {
    return this.#tasks.get(id);
  }

  /** Tells that the folder is there, even if nothing is in it. */
  announce(): void {
    this.#change();
  }

  historyChanged(): void {
    this.#change().history = true;
  }

  /** The whole; what was not sent yet is sent before. */
  snapshot(): FolderSnapshot {
    this.flush();
    return { revision: this.#revision, state: { ...this.#state, tasks: [...this.#tasks.values()] } };
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#unsent = undefined;
  }

  #change(): Unsent {
    this.#unsent ??= { tasks: new Set(), touched: new Set(), removed: new Set(), history: false };
    this.#timer ??= setTimeout(() => this.flush(), Math.max(0, this.#sentAt + LEAST_INTERVAL - Date.now()));
    return this.#unsent;
  }

  /** Sends at once what was not sent yet: whoever gets an answer knows already what came of it. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const unsent = this.#unsent;
    if (!unsent) return;
    this.#unsent = undefined;
    this.#sentAt = Date.now();
    const { set, unset, tasks, removed, history } = unsent;
    const touched = [...unsent.touched].filter((id) => this.#tasks.has(id) && !tasks.has(id));
    this.#publish({
      uri: this.#state.uri,
      revision: ++this.#revision,
      ...(set && Object.keys(set).length > 0 && { set }),
      ...(unset && { unset }),
      ...(tasks.size > 0 && { tasks: [...tasks].flatMap((id) => this.#tasks.get(id) ?? []) }),
      ...(touched.length > 0 && { touched }),
      ...(removed.size > 0 && { removed: [...removed] }),
      ...(history && { historyChanged: true }),
    });
  }
}
