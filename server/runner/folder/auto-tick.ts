import { setTimeout } from "node:timers/promises";
import { currentTasks, refusalOf, type TickReport } from "../../service/index.ts";
import { type DescribedSchedule, Scheduler } from "../../supervisor/scheduling/scheduler.ts";
import type { Catalog } from "./class-catalog.ts";
import { concernedTasks } from "./concerned-tasks.ts";
import type { FolderStore } from "./folder-store.ts";
import type { TickRequest } from "./folder-ticks.ts";

export interface AutoTickOptions {
  readonly store: FolderStore;
  readonly tick: (request: TickRequest) => Promise<TickReport>;
  readonly isLocked: () => Promise<boolean>;
  /** What the task files export, once a look at them that is under way has ended. */
  readonly settled: () => Promise<Catalog>;
  /** What they export as far as is known now. */
  readonly known: () => Catalog;
  readonly onProblem: (error: unknown) => void;
}

interface Scheduling {
  readonly stop: AbortController;
  filesChanged(): void;
  /** Resolves when it is over, and its last tick. */
  readonly ended: Promise<void>;
}

/** Milliseconds between two looks at the mutex while somebody else holds it. */
const LOCKED_WAIT = 500;
/** Milliseconds of rest after the scheduler has failed, so that a folder that cannot work does not fail all the time. */
const REST_AFTER_FAILURE = 10_000;

/** Ticks that nobody asks for: when one is due, or for the tasks whose file, or something that it imports, was saved. */
export class AutoTick {
  readonly #options: AutoTickOptions;
  #scheduling: Scheduling | undefined;
  #isOnSave = false;
  /** Ticks after saves, one after the other. */
  #saved: Promise<void> = Promise.resolve();

  constructor(options: AutoTickOptions) {
    this.#options = options;
  }

  set(mode: "off" | "onSchedule" | "onSave"): void {
    this.#isOnSave = mode === "onSave";
    if (mode === "onSchedule") this.#scheduling ??= this.#schedule();
    else this.#endScheduling();
  }

  filesChanged(files: readonly string[]): void {
    this.#scheduling?.filesChanged();
    if (!this.#isOnSave || files.length === 0) return;
    this.#saved = this.#saved.then(() => this.#afterSave(new Set(files))).catch(this.#options.onProblem);
  }

  async stop(): Promise<void> {
    const { ended } = this.#scheduling ?? {};
    this.set("off");
    await ended;
  }

  #endScheduling(): void {
    this.#scheduling?.stop.abort();
    this.#scheduling = undefined;
  }

  #schedule(): Scheduling {
    const { store, tick, settled, isLocked } = this.#options;
    const stop = new AbortController();
    let current: Scheduler | undefined;
    const run = async () => {
      while (!stop.signal.aborted) {
        current = new Scheduler({
          store,
          isLocked,
          describe: async () => describedSchedules(await settled()),
          tick: (signal) => tick({ startedBy: "automatic", signal }),
        });
        try {
          await current.run(stop.signal);
        } catch (error) {
          this.#options.onProblem(error);
          await setTimeout(REST_AFTER_FAILURE, undefined, { signal: stop.signal }).catch(() => {});
        }
      }
    };
    return { stop, filesChanged: () => current?.filesChanged(), ended: run() };
  }

  /** Retries what failed in these files and in those that import them, and gives the tasks of their classes a tick. */
  async #afterSave(files: ReadonlySet<string>): Promise<void> {
    const catalog = this.#options.known();
    const { tasks } = currentTasks(await this.#options.store.read());
    const concerned = concernedTasks(tasks, files, catalog);
    for (const task of concerned) {
      if (refusalOf("retry", task) === undefined) await this.#options.store.submit({ kind: "retry", task: task.id });
    }
    for (const { id } of concerned) await this.#tickWhenFree(id);
  }

  async #tickWhenFree(task: string): Promise<void> {
    while (this.#isOnSave) {
      const { outcome } = await this.#options.tick({ filter: { task }, startedBy: "automatic" });
      if (outcome !== "locked") return;
      do await setTimeout(LOCKED_WAIT, undefined, { ref: false });
      while (this.#isOnSave && (await this.#options.isLocked()));
    }
  }
}

function describedSchedules({ classes }: Catalog): DescribedSchedule[] {
  return classes.flatMap(({ name, schedule }) => (schedule === undefined ? [] : [{ name, definition: schedule }]));
}
