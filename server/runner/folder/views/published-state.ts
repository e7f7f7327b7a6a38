import { isDeepStrictEqual } from "node:util";
import { type Disposable, Emitter, type Event } from "vscode-languageserver";
import type { FolderChange, FolderSnapshot, FolderState, TaskState } from "../../../protocol/folder-state.ts";
import type { FolderKey, FolderSlices, ObservedFolder } from "../../model/observed-folder.ts";
import { TaskStates, withProgress } from "./task-states.ts";

type Settable = Omit<FolderState, "uri" | "name" | "tasks" | "problem">;
type Unsent = {
  set?: Partial<Settable & { problem: string }>;
  unset?: ["problem"];
  tasks: Set<string>;
  touched: Set<string>;
  removed: Set<string>;
  history: boolean;
};

/** Milliseconds between two published changes; changes in between are published together. */
const LEAST_INTERVAL = 50;
/** Task states are derived from these. */
const TASK_KEYS = ["tasks", "damaged", "catalog", "dismissals"] as const satisfies readonly FolderKey[];

/** The state of a folder as clients know it. Publishes only what has changed, shortly after the model has. */
export class PublishedState {
  readonly #published = new Emitter<FolderChange>();
  readonly #following: Disposable;
  readonly #states = new TaskStates();
  #state: Omit<FolderState, "tasks">;
  readonly #tasks = new Map<string, TaskState>();
  #revision = 0;
  #unsent: Unsent | undefined;
  #timer: NodeJS.Timeout | undefined;
  #sentAt = 0;

  constructor(model: ObservedFolder) {
    const { uri, name } = model.slices;
    this.#state = { uri, name, ...settable(model.slices) };
    this.#following = model.onDidChange((keys) => this.#follow(keys, model.slices));
  }

  get onDidPublish(): Event<FolderChange> {
    return this.#published.event;
  }

  task(id: string): TaskState | undefined {
    return this.#tasks.get(id);
  }

  /** Publishes the folder even if nothing is in it. */
  announce(): void {
    this.#change();
  }

  /** The whole state; publishes pending changes first. */
  snapshot(): FolderSnapshot {
    this.flush();
    return { revision: this.#revision, state: { ...this.#state, tasks: [...this.#tasks.values()] } };
  }

  /** Publishes now, so that changes precede the answer to the request that made them. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const unsent = this.#unsent;
    if (!unsent) return;
    this.#unsent = undefined;
    this.#sentAt = Date.now();
    const { set, unset, tasks, removed, history } = unsent;
    const touched = [...unsent.touched].filter((id) => this.#tasks.has(id) && !tasks.has(id));
    this.#published.fire({
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

  close(): void {
    this.#following.dispose();
    clearTimeout(this.#timer);
    this.#unsent = undefined;
  }

  #follow(keys: ReadonlySet<FolderKey>, slices: FolderSlices): void {
    this.#set(settable(slices));
    this.#setProblem(slices.configError?.message ?? slices.storeProblem ?? slices.classesProblem);
    if (keys.has("catalog") || keys.has("dismissals")) this.#states.update(slices);
    if (TASK_KEYS.some((key) => keys.has(key))) this.#setTasks(slices);
    else if (keys.has("progress")) this.#setProgress(slices);
    if (keys.has("history")) this.#change().history = true;
  }

  #set(values: Settable): void {
    for (const key of Object.keys(values) as (keyof Settable)[]) {
      if (isDeepStrictEqual(this.#state[key], values[key])) continue;
      this.#state = { ...this.#state, [key]: values[key] };
      const unsent = this.#change();
      unsent.set = { ...unsent.set, [key]: values[key] };
    }
  }

  #setProblem(problem: string | undefined): void {
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

  /** Unchanged objects only cost a comparison. */
  #setTasks({ tasks, damaged, progress }: FolderSlices): void {
    const gone = new Set(this.#tasks.keys());
    const states = [
      ...tasks.map((task) => withProgress(this.#states.stateOf(task), progress)),
      ...damaged.map((task) => this.#states.stateOfDamaged(task)),
    ];
    for (const state of states) {
      gone.delete(state.id);
      this.#setTask(state);
    }
    for (const id of gone) {
      this.#tasks.delete(id);
      const { tasks: changed, removed } = this.#change();
      changed.delete(id);
      removed.add(id);
    }
    // Even if the task's state does not show the change.
    for (const task of tasks) if (this.#states.isNew(task)) this.#change().touched.add(task.id);
  }

  #setProgress({ progress }: FolderSlices): void {
    const task = progress && this.task(progress.task.id);
    if (task) this.#setTask(withProgress(task, progress));
  }

  #setTask(task: TaskState): void {
    const before = this.#tasks.get(task.id);
    if (before === task) return;
    this.#tasks.set(task.id, task);
    if (before && isDeepStrictEqual(before, task)) return;
    const { tasks, removed } = this.#change();
    tasks.add(task.id);
    removed.delete(task.id);
  }

  #change(): Unsent {
    this.#unsent ??= { tasks: new Set(), touched: new Set(), removed: new Set(), history: false };
    this.#timer ??= setTimeout(() => this.flush(), Math.max(0, this.#sentAt + LEAST_INTERVAL - Date.now()));
    return this.#unsent;
  }
}

function settable({ settings, taskFiles, classes, areClassesKnown, loadProblems, tick, node }: FolderSlices): Settable {
  return { taskFiles, classes, areClassesKnown, loadProblems, tick, autoTick: settings.autoTick, node };
}
