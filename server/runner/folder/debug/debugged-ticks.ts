import { randomUUID } from "node:crypto";
import type { DebugLaunch } from "../../../protocol/runner-protocol.ts";
import { InputError, type TickFilter, type TickReport } from "../../../service/index.ts";
import type { TickDebugging } from "../../../supervisor/index.ts";
import { messageOf } from "../../../words/message-of.ts";
import type { FolderLog } from "../folder-log.ts";
import type { FolderStore } from "../folder-store.ts";
import type { FolderNode } from "../sources/folder-node.ts";
import type { FolderTicks, TickRequest } from "../sources/folder-ticks.ts";
import { debugRequestFor } from "./debug-request.ts";
import { debuggedSources } from "./debugged-sources.ts";

/** The part of a folder's runner that debugging needs. */
interface DebuggedFolder {
  readonly directory: string;
  readonly store: FolderStore;
  readonly ticks: FolderTicks;
  runTick(request: TickRequest): Promise<TickReport>;
}

interface DebuggedTick {
  readonly id: string;
  readonly gone: AbortController;
  readonly report: Promise<TickReport>;
}

/** The ticks of a folder that are executed under a debugger. The client starts the debugger, and reports when it has ended. */
export class DebuggedTicks {
  readonly #folder: DebuggedFolder;
  readonly #node: FolderNode;
  readonly #log: FolderLog;
  /** The last one, until the client has received its result. */
  #tick: DebuggedTick | undefined;

  constructor(folder: DebuggedFolder, node: FolderNode, log: FolderLog) {
    this.#folder = folder;
    this.#node = node;
    this.#log = log;
  }

  /** Starts a tick that waits for a debugger. @throws InputError, ConfigError, WorkerError */
  async prepare(filter: TickFilter): Promise<DebugLaunch> {
    const { directory, store, ticks } = this.#folder;
    if (ticks.isRunning || (await store.mutexHolder()) !== null)
      throw new InputError("A tick is running. Wait for it to end, or cancel it, then try again.");
    const node = await this.#node.get();
    if (!node.found) throw new InputError(node.problem);
    const id = randomUUID();
    const gone = new AbortController();
    const target = new Promise<DebugLaunch["target"]>((resolve, reject) => {
      const debugging: TickDebugging = { request: debugRequestFor(node.found), onReady: resolve, gone: gone.signal };
      const report = this.#folder.runTick({ filter, startedBy: "person", debugging });
      this.#tick = { id, gone, report };
      report.then(
        ({ outcome }) => reject(new InputError(outcome === "locked" ? "Another tick has just started." : "The tick has already ended.")),
        reject,
      );
      // Nothing else waits for a failed tick.
      report.catch((error) => this.#log.line("error", messageOf(error)));
    });
    return { id, target: await target, ...debuggedSources(directory) };
  }

  /** The debugger is gone, or did not attach: ends the rest of the tick. @throws InputError, StoreError, WorkerError */
  async end(id: string): Promise<TickReport> {
    const tick = this.#tick;
    if (tick?.id !== id) throw new InputError("This tick is no longer being debugged.");
    tick.gone.abort();
    try {
      return await tick.report;
    } finally {
      if (this.#tick === tick) this.#tick = undefined;
    }
  }
}
