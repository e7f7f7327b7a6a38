import type { TickState } from "../../protocol/folder-state.ts";
import { isInFlight } from "../../service/index.ts";
import type { TaskRecord } from "../../store/index.ts";
import type { TickOwner } from "./folder-store.ts";
import { countWaiting } from "./tick-display-state.ts";

/** Milliseconds between two looks at the mutex; where that starts a program, fewer. */
const LOOK_EVERY = process.platform === "linux" ? 250 : 1_500;

interface SeenTick {
  readonly owner: TickOwner;
  /** The tasks that were waiting when it was seen first, and all that were stored. */
  readonly total: number;
  readonly known: ReadonlySet<string>;
}

/** Notices ticks of other processes: while the store changes, and until the mutex is free again. */
export class TickElsewhere {
  readonly #owner: () => Promise<TickOwner | null>;
  readonly #isOwn: () => boolean;
  readonly #onChange: (tick: TickState | null) => void;
  #tasks: readonly TaskRecord[] = [];
  #seen: SeenTick | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isLooking = false;
  #isStopped = false;

  constructor(options: {
    readonly owner: () => Promise<TickOwner | null>;
    readonly isOwn: () => boolean;
    readonly onChange: (tick: TickState | null) => void;
  }) {
    this.#owner = options.owner;
    this.#isOwn = options.isOwn;
    this.#onChange = options.onChange;
  }

  get isSeen(): boolean {
    return this.#seen !== undefined;
  }

  /** The store has changed: perhaps somebody ticks. */
  storeChanged(tasks: readonly TaskRecord[]): void {
    this.#tasks = tasks;
    if (this.#seen && !this.#isOwn()) this.#onChange(this.#state(this.#seen));
    if (this.#timer === undefined) void this.#look();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  async #look(): Promise<void> {
    if (this.#isLooking || this.#isStopped) return;
    this.#isLooking = true;
    const tasks = this.#tasks;
    // A store that cannot be read is told of by whoever reads the tasks.
    const owner = await this.#owner().catch(() => null);
    this.#isLooking = false;
    if (this.#isStopped) return;
    if (owner && !this.#isOwn()) {
      if (this.#seen?.owner.fence !== owner.fence) this.#seen = this.#begin(owner, tasks);
      this.#onChange(this.#state(this.#seen));
      this.#again();
    } else if (this.#seen) {
      this.#seen = undefined;
      this.#timer = undefined;
      if (!this.#isOwn()) this.#onChange(null);
    } else {
      // Not at once again: a store that changes all the time is read often enough.
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
