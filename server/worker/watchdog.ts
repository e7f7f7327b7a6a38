import { Worker } from "node:worker_threads";
import { LIFELINE_FD } from "./fork-channel.ts";

/** What the thread has to know; `watchdog-thread.ts` is its other end. */
export interface WatchdogData {
  readonly lifelineFd: number;
  readonly storeDirectory: string;
}

export type WatchdogNotice =
  /** A tick is under way; its fencing number. */
  | { readonly kind: "ticking"; readonly fence: number }
  /** The main thread has noticed that the supervisor is gone, and is about to end. */
  | { readonly kind: "ending" };

/**
 * A thread that ends this process when its supervisor is gone, and answers where the main thread is, both even when the main thread is
 * blocked in an endless loop.
 */
export class Watchdog {
  readonly #thread: Worker;

  constructor(storeDirectory: string) {
    const workerData: WatchdogData = { lifelineFd: LIFELINE_FD, storeDirectory };
    // Without NODE_OPTIONS and the like: what people preload is for their code.
    this.#thread = new Worker(new URL("./watchdog.js", import.meta.url), { workerData, execArgv: [], env: {}, trackUnmanagedFds: false });
    this.#thread.unref();
    this.#thread.on("error", (error) => process.emitWarning(`The watchdog of the tick worker ended: ${error.message}`));
  }

  tickStarted(fence: number): void {
    this.#notify({ kind: "ticking", fence });
  }

  ending(): void {
    this.#notify({ kind: "ending" });
  }

  #notify(notice: WatchdogNotice): void {
    this.#thread.postMessage(notice);
  }
}
