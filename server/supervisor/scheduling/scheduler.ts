import { currentTasks } from "../../service/requests/request-effects.ts";
import type { TickReport } from "../../service/tick/tick-report.ts";
import type { StoreSnapshot, TaskRecord, TaskStore } from "../../store/index.ts";
import { type EndedTick, earliest, idsOf, nextTaskDue } from "./due.ts";
import { StoreChanges } from "./store-changes.ts";

/** A schedule as described by its class or process. */
export interface DescribedSchedule {
  readonly name: string;
  /** The schedule as text; shows whether the stored state belongs to it or to an earlier version. */
  readonly definition: string;
}

export interface SchedulerOptions {
  readonly store: Pick<TaskStore, "read" | "watch">;
  /** Describes the schedules in the workspace's current files. */
  readonly describe: () => Promise<readonly DescribedSchedule[]>;
  /** Executes one tick; the signal asks it to pause the running action. */
  readonly tick: (signal: AbortSignal) => Promise<TickReport>;
  /** Whether another tick is running. */
  readonly isLocked: () => Promise<boolean>;
  /** Called when there is nothing to do until the given time (epoch milliseconds), or (`null`) until something changes. `tasks`: as stored. */
  readonly onIdle?: (until: number | null, tasks: readonly TaskRecord[]) => void;
}

/** Milliseconds between the starts of a tick that left time unused and of the next one, so that waiting tasks do not make it spin. */
const LEAST_INTERVAL = 1_000;
/** Milliseconds between two checks of the mutex while another process holds it. */
const LOCKED_WAIT = 1_000;

/**
 * Executes a tick whenever one is due: because a task can continue, a request was submitted, a schedule has come due, or task files have
 * changed. Sleeps in between.
 */
export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #changes: StoreChanges;
  #schedules: readonly DescribedSchedule[] = [];
  /** Whether task files have changed since the last description. */
  #filesChanged = true;
  /** Epoch milliseconds; what a tick since then has found blocked is blocked. */
  #filesChangedAt = Date.now();
  #last: EndedTick | undefined;

  constructor(options: SchedulerOptions) {
    this.#options = options;
    this.#changes = new StoreChanges(options.store);
  }

  /** Task files were added, changed or removed: schedules may differ, and blocked tasks may continue. */
  filesChanged(): void {
    this.#filesChanged = true;
    this.#filesChangedAt = Date.now();
    this.#changes.notify();
  }

  /**
   * Executes ticks until the signal aborts, and resolves when the current tick has ended. @throws any error thrown by `describe`, `tick` or
   * the store.
   */
  async run(signal: AbortSignal): Promise<void> {
    try {
      while (!signal.aborted) await this.#turn(signal);
    } finally {
      this.#changes.close();
    }
  }

  async #turn(signal: AbortSignal): Promise<void> {
    this.#changes.forget();
    const snapshot = await this.#options.store.read();
    // A tick checks the schedules itself: they only matter here if nothing else is due.
    if (this.#isTaskDue(snapshot)) return this.#tick(snapshot, signal);
    if (this.#filesChanged) {
      this.#filesChanged = false;
      const isSeen = this.#last !== undefined && this.#last.startedAt >= this.#filesChangedAt;
      this.#schedules = await this.#options.describe();
      this.#last = undefined;
      const isBlocked = ({ problem, held }: TaskRecord) => problem !== undefined && !held;
      if (!isSeen && snapshot.tasks.some(isBlocked)) return this.#tick(snapshot, signal);
    }
    const due = this.#nextDue(snapshot);
    if (due !== null && due <= Date.now()) return this.#tick(snapshot, signal);
    this.#options.onIdle?.(due, currentTasks(snapshot).tasks);
    await this.#changes.sleep(due, signal);
  }

  #isTaskDue(snapshot: StoreSnapshot): boolean {
    const due = nextTaskDue(snapshot, this.#last, Date.now());
    return due !== null && due <= Date.now();
  }

  #nextDue(snapshot: StoreSnapshot): number | null {
    const now = Date.now();
    return earliest([
      nextTaskDue(snapshot, this.#last, now),
      ...this.#schedules.map((schedule) => this.#scheduleDue(schedule, snapshot, now)),
    ]);
  }

  #scheduleDue({ name, definition }: DescribedSchedule, snapshot: StoreSnapshot, now: number): number | null {
    const record = snapshot.schedules.find((candidate) => candidate.name === name);
    const isStored = record !== undefined && (record.definition === undefined || record.definition === definition);
    if (isStored && record.nextOccurrence === null) return null;
    // A tick stores schedules that are new to it; until then an occurrence would be missed.
    const due = isStored && record.nextOccurrence ? Date.parse(record.nextOccurrence) : now;
    const wasTickedSince = this.#last?.report.outcome === "done" && (!isStored || due <= this.#last.startedAt);
    return wasTickedSince ? null : due;
  }

  async #tick(snapshot: StoreSnapshot, signal: AbortSignal): Promise<void> {
    const startedAt = Date.now();
    const report = await this.#options.tick(signal);
    if (report.outcome === "locked") {
      do await sleep(LOCKED_WAIT, signal);
      while (!signal.aborted && (await this.#options.isLocked()));
      return;
    }
    this.#last = { startedAt, endedAt: Date.now(), known: idsOf(snapshot), report };
    const usedItsTime = report.outcome === "time-budget-spent" && report.tasks.length > 0;
    if (!usedItsTime) await sleep(startedAt + LEAST_INTERVAL - Date.now(), signal);
  }
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (milliseconds <= 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener("abort", end);
  });
}
