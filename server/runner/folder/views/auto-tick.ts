import { setTimeout } from "node:timers/promises";
import type { Disposable } from "vscode-languageserver";
import { currentTasks, refusalOf } from "../../../service/index.ts";
import { type DescribedSchedule, Scheduler } from "../../../supervisor/scheduling/scheduler.ts";
import { messageOf } from "../../../words/message-of.ts";
import type { Catalog, ObservedFolder } from "../../model/observed-folder.ts";
import type { FolderLog } from "../folder-log.ts";
import type { FolderStore } from "../folder-store.ts";
import type { FolderClasses } from "../sources/folder-classes.ts";
import type { FolderTicks } from "../sources/folder-ticks.ts";
import { concernedTasks } from "./concerned-tasks.ts";

export interface AutoTickParts {
  readonly model: ObservedFolder;
  readonly store: FolderStore;
  readonly ticks: FolderTicks;
  readonly classes: FolderClasses;
  readonly log: FolderLog;
}

interface Scheduling {
  readonly stop: AbortController;
  filesChanged(): void;
  /** Resolves when it has ended, including its last tick. */
  readonly ended: Promise<void>;
}

/** Milliseconds between two checks of the mutex while another process holds it. */
const LOCKED_WAIT = 500;
/** Milliseconds to wait after the scheduler has failed, so that a folder that cannot work does not fail all the time. */
const REST_AFTER_FAILURE = 10_000;

/** Runs ticks automatically: when one is due, or for the tasks whose file, or an imported file, was saved. */
export class AutoTick {
  readonly #parts: AutoTickParts;
  readonly #following: readonly Disposable[];
  #scheduling: Scheduling | undefined;
  #isOnSave = false;
  /** Ticks after saves, one after the other. */
  #saved: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(parts: AutoTickParts) {
    const { model } = parts;
    this.#parts = parts;
    this.#following = [
      model.follow(["settings", "isTrusted"], () => this.start()),
      model.follow(["editedFiles"], ({ editedFiles }) => this.#filesEdited(editedFiles)),
    ];
  }

  /** Runs ticks according to the settings from now on. */
  start(): void {
    const { settings, isTrusted } = this.#parts.model.slices;
    this.#set(isTrusted ? settings.autoTick : "off");
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const following of this.#following) following.dispose();
    const { ended } = this.#scheduling ?? {};
    this.#set("off");
    await ended;
  }

  #set(mode: "off" | "onSchedule" | "onSave"): void {
    this.#isOnSave = mode === "onSave";
    if (mode === "onSchedule") this.#scheduling ??= this.#schedule();
    else this.#endScheduling();
  }

  #filesEdited(files: readonly string[]): void {
    this.#scheduling?.filesChanged();
    if (!this.#isOnSave || files.length === 0) return;
    this.#saved = this.#saved.then(() => this.#afterSave(new Set(files))).catch((error) => this.#failed(error));
  }

  #failed(error: unknown): void {
    if (!this.#isStopped) this.#parts.log.line("warning", `Could not start an automatic tick: ${messageOf(error)}`);
  }

  #endScheduling(): void {
    this.#scheduling?.stop.abort();
    this.#scheduling = undefined;
  }

  #schedule(): Scheduling {
    const { store, ticks, classes } = this.#parts;
    const stop = new AbortController();
    let current: Scheduler | undefined;
    const run = async () => {
      while (!stop.signal.aborted) {
        current = new Scheduler({
          store,
          isLocked: () => this.#isLocked(),
          describe: async () => describedSchedules(await classes.settled()),
          tick: (signal) => ticks.run({ startedBy: "automatic", signal }),
        });
        try {
          await current.run(stop.signal);
        } catch (error) {
          this.#failed(error);
          await setTimeout(REST_AFTER_FAILURE, undefined, { signal: stop.signal }).catch(() => {});
        }
      }
    };
    return { stop, filesChanged: () => current?.filesChanged(), ended: run() };
  }

  /** Retries what failed in these files and in those that import them, and runs a tick for the tasks of their classes. */
  async #afterSave(files: ReadonlySet<string>): Promise<void> {
    const { model, store } = this.#parts;
    const { catalog } = model.slices;
    const { tasks } = currentTasks(await store.read());
    const concerned = concernedTasks(tasks, files, catalog);
    for (const task of concerned) {
      if (refusalOf("retry", task) === undefined) await store.submit({ kind: "retry", task: task.id });
    }
    for (const { id } of concerned) await this.#tickWhenFree(id);
  }

  async #tickWhenFree(task: string): Promise<void> {
    while (this.#isOnSave) {
      const { outcome } = await this.#parts.ticks.run({ filter: { task }, startedBy: "automatic" });
      if (outcome !== "locked") return;
      do await setTimeout(LOCKED_WAIT, undefined, { ref: false });
      while (this.#isOnSave && (await this.#isLocked()));
    }
  }

  async #isLocked(): Promise<boolean> {
    return (await this.#parts.store.mutexHolder()) !== null;
  }
}

function describedSchedules({ classes }: Catalog): DescribedSchedule[] {
  return classes.flatMap(({ name, schedule }) => (schedule === undefined ? [] : [{ name, definition: schedule }]));
}
