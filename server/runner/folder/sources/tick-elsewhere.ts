import type { Disposable } from "vscode-languageserver";
import type { TickState } from "../../../protocol/folder-state.ts";
import { isInFlight } from "../../../service/index.ts";
import type { TaskRecord } from "../../../store/index.ts";
import type { ObservedFolder } from "../../model/observed-folder.ts";
import type { FolderStore, TickOwner } from "../folder-store.ts";
import { countWaiting } from "./tick-display-state.ts";

/** Milliseconds between two checks of the mutex; longer where a check starts a program. */
const LOOK_EVERY = process.platform === "linux" ? 250 : 1_500;

interface SeenTick {
  readonly owner: TickOwner;
  /** The number of tasks waiting when it was first seen, and the stored tasks at that time. */
  readonly total: number;
  readonly known: ReadonlySet<string>;
}

/** Detects ticks of other processes: while the store changes, and until the mutex is free again. */
export class TickElsewhere {
  readonly #model: ObservedFolder;
  readonly #store: Pick<FolderStore, "mutexHolder">;
  readonly #following: Disposable;
  #seen: SeenTick | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isLooking = false;
  #isStopped = false;

  constructor(model: ObservedFolder, store: Pick<FolderStore, "mutexHolder">) {
    this.#model = model;
    this.#store = store;
    this.#following = model.follow(["tasks"], () => this.#storeChanged());
  }

  stop(): void {
    this.#isStopped = true;
    this.#following.dispose();
    clearTimeout(this.#timer);
  }

  get #tasks(): readonly TaskRecord[] {
    return this.#model.slices.tasks;
  }

  get #isOwn(): boolean {
    const { tick } = this.#model.slices;
    return tick !== null && tick.startedBy !== "elsewhere";
  }

  /** A change may come from a tick of another process. */
  #storeChanged(): void {
    if (this.#seen && !this.#isOwn) this.#show(this.#seen);
    if (this.#timer === undefined) void this.#look();
  }

  async #look(): Promise<void> {
    if (this.#isLooking || this.#isStopped) return;
    this.#isLooking = true;
    const tasks = this.#tasks;
    // An unreadable store is reported by `StoredTasks`.
    const owner = await this.#store.mutexHolder().catch(() => null);
    this.#isLooking = false;
    if (this.#isStopped) return;
    if (owner && !this.#isOwn) {
      if (this.#seen?.owner.fence !== owner.fence) this.#seen = this.#begin(owner, tasks);
      this.#show(this.#seen);
      this.#again();
    } else if (this.#seen) {
      this.#seen = undefined;
      this.#timer = undefined;
      if (!this.#isOwn) this.#model.set({ tick: null });
    } else {
      // Not immediately again: a store that changes all the time is read often enough.
      this.#again(() => {
        this.#timer = undefined;
        if (this.#tasks !== tasks) void this.#look();
      });
    }
  }

  #again(then: () => void = () => void this.#look()): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(then, LOOK_EVERY).unref();
  }

  #begin(owner: TickOwner, tasks: readonly TaskRecord[]): SeenTick {
    const alreadyDone = tasks.filter((task) => task.fence === owner.fence && !isInFlight(task)).length;
    return { owner, total: countWaiting(tasks, undefined) + alreadyDone, known: new Set(tasks.map(({ id }) => id)) };
  }

  #show(seen: SeenTick): void {
    this.#model.set({ tick: this.#state(seen) });
  }

  #state({ owner, total, known }: SeenTick): TickState {
    const ofThisTick = this.#tasks.filter(({ fence }) => fence === owner.fence);
    const current = ofThisTick.find(isInFlight);
    const stillThere = this.#tasks.filter(({ id }) => known.has(id)).length;
    const done = known.size - stillThere + ofThisTick.length - (current ? 1 : 0);
    return {
      startedBy: "elsewhere",
      startedAt: owner.since,
      done,
      total: Math.max(total, done + (current ? 1 : 0)),
      current: current?.currentAction ? { task: current.id, action: current.currentAction } : null,
      isCancelling: false,
      isDebugged: false,
    };
  }
}
