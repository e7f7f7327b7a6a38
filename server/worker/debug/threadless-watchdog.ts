import type { JobWatchdog } from "../job-context.ts";
import { leaveInterrupted } from "../watchdog/leave-interrupted.ts";
import { endOwnTree } from "../watchdog/process-tree.ts";

/** Milliseconds the action has to pause on its own once the supervisor is gone. */
const PAUSE_TIME = 400;

/**
 * The watchdog of a worker under a debugger: without a thread, which the debugger would show as the user's. Anything that blocks the main
 * thread, such as a breakpoint, delays the end.
 */
export class ThreadlessWatchdog implements JobWatchdog {
  readonly #storeDirectory: string;
  #fence: number | undefined;

  constructor(storeDirectory: string) {
    this.#storeDirectory = storeDirectory;
  }

  async start(): Promise<void> {}

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
