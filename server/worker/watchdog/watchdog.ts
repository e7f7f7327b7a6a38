import { Worker } from "node:worker_threads";
import { LIFELINE_FD } from "../channel/fork-channel.ts";
import type { JobWatchdog } from "../job-context.ts";

/** The thread's configuration; `watchdog-thread.ts` is its other end. */
export interface WatchdogData {
  readonly lifelineFd: number;
  readonly storeDirectory: string;
}

export type WatchdogNotice =
  /** A tick is running; its fencing number. */
  | { readonly kind: "ticking"; readonly fence: number }
  /** The main thread has noticed that the supervisor is gone, and is about to end. */
  | { readonly kind: "ending" };

/**
 * A thread that ends this process when its supervisor is gone, and finds out where the main thread is, both even if the main thread is
 * blocked in an endless loop.
 */
export class Watchdog implements JobWatchdog {
  readonly #data: WatchdogData;
  #thread: Worker | undefined;
  /** For the thread that has not started yet. */
  #waiting: WatchdogNotice[] = [];

  constructor(storeDirectory: string) {
    this.#data = { lifelineFd: LIFELINE_FD, storeDirectory };
  }

  /** Called before the first user code; not earlier, because starting the thread takes time from the main thread. */
  start(): void {
    if (this.#thread) return;
    // Without NODE_OPTIONS and the like: users preload modules for their own code.
    const options = { workerData: this.#data, execArgv: [], env: {}, trackUnmanagedFds: false };
    this.#thread = new Worker(new URL("./watchdog.js", import.meta.url), options);
    this.#thread.unref();
    this.#thread.on("error", (error) => process.emitWarning(`The watchdog of the tick worker ended: ${error.message}`));
    for (const notice of this.#waiting.splice(0)) this.#thread.postMessage(notice);
  }

  tickStarted(fence: number): void {
    this.#notify({ kind: "ticking", fence });
  }

  ending(): void {
    this.#notify({ kind: "ending" });
  }

  #notify(notice: WatchdogNotice): void {
    if (this.#thread) this.#thread.postMessage(notice);
    else this.#waiting.push(notice);
  }
}
