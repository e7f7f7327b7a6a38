import { fileURLToPath } from "node:url";
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

/** The watchdog could not be started: user code must not be executed. */
export class WatchdogError extends Error {
  override readonly name = "WatchdogError";
}

/**
 * A thread that ends this process when its supervisor is gone, and finds out where the main thread is, both even if the main thread is
 * blocked in an endless loop. When the thread ends, its end of the lifeline closes, and the supervisor ends the process.
 */
export class Watchdog implements JobWatchdog {
  readonly #data: WatchdogData;
  #thread: Worker | undefined;
  /** For the thread that has not started yet. */
  #waiting: WatchdogNotice[] = [];

  constructor(storeDirectory: string) {
    this.#data = { lifelineFd: LIFELINE_FD, storeDirectory };
  }

  start(): Promise<void> {
    const file = new URL("./watchdog.js", import.meta.url);
    // Without NODE_OPTIONS and the like: users preload modules for their own code.
    const thread = new Worker(file, { workerData: this.#data, execArgv: [], env: {}, trackUnmanagedFds: false });
    this.#thread = thread;
    thread.unref();
    for (const notice of this.#waiting.splice(0)) thread.postMessage(notice);
    return new Promise((resolve, reject) => {
      const fail = (reason: string) => reject(new WatchdogError(notWatching(fileURLToPath(file), reason)));
      // Its only message.
      thread.once("message", () => resolve());
      thread.once("error", (error) => fail(error.message));
      thread.once("exit", () => fail("it ended at once"));
    });
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

function notWatching(file: string, reason: string): string {
  return (
    `Cannot start ${file}, which ends the tick's process with its supervisor: ${reason}. No task was touched. ` +
    "If background-task-ex is being installed or built at this moment, try again afterwards; otherwise install it again."
  );
}
