import type { JobWatchdog } from "../job-context.ts";
import { leaveInterrupted } from "../watchdog/leave-interrupted.ts";
import { endOwnTree } from "../watchdog/process-tree.ts";

/** Milliseconds that the action has to pause by itself once the supervisor is gone. */
const PAUSE_TIME = 400;

/**
 * The watchdog of a worker that a debugger watches: without a thread, which the debugger would show as the user's. What blocks the main
 * thread, a breakpoint for instance, holds the end back.
 */
export class ThreadlessWatchdog implements JobWatchdog {
  readonly #storeDirectory: string;
  #fence: number | undefined;

  constructor(storeDirectory: string) {
    this.#storeDirectory = storeDirectory;
  }

  start(): void {}

  tickStarted(fence: number): void {
    this.#fence = fence;
  }

  ending(): void {
    setTimeout(() => void this.#end(), PAUSE_TIME);
  }

  async #end(): Promise<void> {
    if (this.#fence !== undefined) await leaveInterrupted(this.#storeDirectory, this.#fence).catch(() => {});
    await endOwnTree();
  }
}
