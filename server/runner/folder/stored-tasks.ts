import type { TickEvent } from "../../protocol/tick-event.ts";
import { currentTasks } from "../../service/index.ts";
import type { HistoryEntry, ScheduleRecord, StoreSnapshot, TaskRecord } from "../../store/index.ts";
import { messageOf } from "../../words/message-of.ts";
import { ChangeLoop } from "../change-loop.ts";
import type { Dismissals } from "../problems/dismissals.ts";
import type { FolderProblems } from "./folder-problems.ts";
import type { FolderStore } from "./folder-store.ts";
import { HistoryFollower } from "./history-follower.ts";
import { LiveProgress } from "./live-progress.ts";
import type { PublishedState } from "./published-state.ts";
import { TaskStates } from "./task-states.ts";

export interface StoredTasksOptions {
  readonly store: FolderStore;
  readonly dismissals: Dismissals;
  readonly published: PublishedState;
  readonly problems: FolderProblems;
  readonly onTasks: (tasks: readonly TaskRecord[]) => void;
  readonly onSchedules: () => void;
  /** The store was looked at, and what failures follow from it is perhaps different. */
  readonly onLooked: () => void;
  readonly onDefect: (error: unknown) => void;
}

/** What a folder's store holds, whoever changes it; published as clients are to see it. */
export class StoredTasks {
  readonly #options: StoredTasksOptions;
  readonly #states: TaskStates;
  readonly #live = new LiveProgress();
  readonly #history: HistoryFollower;
  readonly #loop: ChangeLoop;
  #tasks: readonly TaskRecord[] = [];
  #schedules: readonly ScheduleRecord[] = [];
  #isStopped = false;

  constructor(options: StoredTasksOptions) {
    this.#options = options;
    this.#states = new TaskStates((failure) => options.dismissals.has(failure));
    this.#history = new HistoryFollower(options.store);
    this.#loop = new ChangeLoop(() => this.#look(), options.onDefect);
    options.store.watch(() => this.changed());
  }

  /** As they were at the last look. */
  get tasks(): readonly TaskRecord[] {
    return this.#tasks;
  }

  get schedules(): readonly ScheduleRecord[] {
    return this.#schedules;
  }

  /** Newest first. */
  get history(): readonly HistoryEntry[] {
    return this.#history.entries;
  }

  changed(): void {
    this.#loop.notify();
  }

  dismissalsChanged(): void {
    this.#states.dismissalsChanged();
    this.changed();
  }

  /** By action class. */
  setMaxAttempts(maxAttempts: ReadonlyMap<string, number>): void {
    this.#states.setMaxAttempts(maxAttempts);
    this.changed();
  }

  /** What a tick tells before it is in the store. */
  followTick(event: TickEvent): void {
    const { published } = this.#options;
    this.#live.apply(event);
    const task = "task" in event && event.task ? published.task(event.task.id) : undefined;
    if (event.kind === "action-progressed" && task) published.setTask(this.#live.shownOn(task));
    if (event.kind === "action-ended" || event.kind === "task-ended") this.changed();
  }

  /** Resolves when what has changed up to now is known. */
  settled(): Promise<void> {
    return this.#loop.settled();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#loop.stop();
  }

  async #look(): Promise<void> {
    const { store, dismissals, published, problems, onLooked } = this.#options;
    try {
      // Before anything is shown, so that nothing that was dismissed lights up for a moment.
      await dismissals.refresh();
      this.#show(await store.read());
      if (await this.#history.refresh()) published.historyChanged();
      problems.set({ store: undefined });
    } catch (error) {
      if (!this.#isStopped) problems.set({ store: messageOf(error) });
    }
    onLooked();
  }

  #show(snapshot: StoreSnapshot): void {
    const { published, onTasks, onSchedules } = this.#options;
    const { tasks, damaged } = currentTasks(snapshot);
    this.#tasks = tasks;
    const { removed } = published.setTasks([
      ...tasks.map((task) => this.#live.shownOn(this.#states.stateOf(task))),
      ...damaged.map((task) => this.#states.stateOfDamaged(task)),
    ]);
    for (const task of tasks) if (this.#states.isNew(task)) published.touch(task.id);
    if (removed.length > 0) this.#history.tasksEnded();
    if (JSON.stringify(snapshot.schedules) !== JSON.stringify(this.#schedules)) {
      this.#schedules = snapshot.schedules;
      onSchedules();
    }
    onTasks(tasks);
  }
}
