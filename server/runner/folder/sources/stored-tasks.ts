import { currentTasks } from "../../../service/index.ts";
import type { ScheduleRecord, TaskRecord } from "../../../store/index.ts";
import { messageOf } from "../../../words/message-of.ts";
import { ChangeLoop } from "../../change-loop.ts";
import type { ObservedFolder } from "../../model/observed-folder.ts";
import type { Dismissals } from "../../problems/dismissals.ts";
import type { FolderStore } from "../folder-store.ts";
import type { FolderTicks } from "./folder-ticks.ts";
import { HistoryFollower } from "./history-follower.ts";

export interface StoredTasksParts {
  readonly model: ObservedFolder;
  readonly store: FolderStore;
  readonly dismissals: Dismissals;
  readonly ticks: FolderTicks;
  readonly onDefect: (error: unknown) => void;
}

/** Reads a folder's store, following changes by any process. */
export class StoredTasks {
  readonly #parts: StoredTasksParts;
  readonly #history: HistoryFollower;
  readonly #loop: ChangeLoop;
  #isStopped = false;

  constructor(parts: StoredTasksParts) {
    const { store, ticks, onDefect } = parts;
    this.#parts = parts;
    this.#history = new HistoryFollower(store);
    this.#loop = new ChangeLoop(() => this.#look(), onDefect);
    store.watch(() => this.#loop.notify());
    ticks.onDidHappen(({ kind }) => {
      if (kind === "action-ended" || kind === "task-ended") this.#loop.notify();
    });
    ticks.onDidEnd(() => this.#loop.notify());
  }

  /** Resolves when all changes so far are in the model. */
  settled(): Promise<void> {
    return this.#loop.settled();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#loop.stop();
  }

  async #look(): Promise<void> {
    const { model, store, dismissals } = this.#parts;
    try {
      // First, so that no dismissed failure is shown for a moment.
      model.set({ dismissals: await dismissals.refresh() });
      const snapshot = await store.read();
      const { tasks, damaged } = currentTasks(snapshot);
      if (hasAnyEnded(model.slices.tasks, tasks)) this.#history.tasksEnded();
      model.set({ tasks: [...tasks], damaged, schedules: sameOr(model.slices.schedules, snapshot.schedules) });
      model.set({ history: await this.#history.refresh(), storeProblem: undefined });
    } catch (error) {
      if (!this.#isStopped) model.set({ storeProblem: messageOf(error) });
    }
  }
}

function hasAnyEnded(before: readonly TaskRecord[], now: readonly TaskRecord[]): boolean {
  const ids = new Set(now.map(({ id }) => id));
  return before.some(({ id }) => !ids.has(id));
}

function sameOr(before: readonly ScheduleRecord[], now: readonly ScheduleRecord[]): readonly ScheduleRecord[] {
  return JSON.stringify(before) === JSON.stringify(now) ? before : now;
}
