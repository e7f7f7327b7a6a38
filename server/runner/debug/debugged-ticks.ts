import { randomUUID } from "node:crypto";
import type { DebugLaunch } from "../../protocol/runner-protocol.ts";
import { InputError, type TickFilter, type TickReport } from "../../service/index.ts";
import type { TickDebugging } from "../../supervisor/index.ts";
import type { TickRequest } from "../folder/folder-ticks.ts";
import type { NodeSearchResult } from "../node/node-search.ts";
import { debugRequestFor } from "./debug-request.ts";
import { debuggedSources } from "./debugged-sources.ts";

export interface DebuggedTicksHost {
  readonly directory: string;
  readonly isTicking: () => Promise<boolean>;
  readonly node: () => Promise<NodeSearchResult>;
  readonly tick: (request: TickRequest) => Promise<TickReport>;
  /** Told why a tick came to nothing that nobody waits for. */
  readonly onFailure: (error: unknown) => void;
}

interface DebuggedTick {
  readonly id: string;
  readonly gone: AbortController;
  readonly report: Promise<TickReport>;
}

/** The ticks of a folder that are executed under a debugger. The client starts the debugger, and tells when it has ended. */
export class DebuggedTicks {
  readonly #host: DebuggedTicksHost;
  /** The last one, until the client has been told what came of it. */
  #tick: DebuggedTick | undefined;

  constructor(host: DebuggedTicksHost) {
    this.#host = host;
  }

  /** Begins a tick that waits for a debugger. @throws InputError, ConfigError, WorkerError */
  async prepare(filter: TickFilter): Promise<DebugLaunch> {
    if (await this.#host.isTicking()) throw new InputError("A tick is running. Wait for it to end, or cancel it, then try again.");
    const node = await this.#host.node();
    if (!node.found) throw new InputError(node.problem);
    const id = randomUUID();
    const gone = new AbortController();
    const target = new Promise<DebugLaunch["target"]>((resolve, reject) => {
      const debugging: TickDebugging = { request: debugRequestFor(node.found), onReady: resolve, gone: gone.signal };
      const report = this.#host.tick({ filter, startedBy: "person", debugging });
      this.#tick = { id, gone, report };
      report.then(
        ({ outcome }) => reject(new InputError(outcome === "locked" ? "Another tick has just started." : "The tick has already ended.")),
        reject,
      );
      report.catch((error) => this.#host.onFailure(error));
    });
    return { id, target: await target, ...debuggedSources(this.#host.directory) };
  }

  /** The debugger is gone, or did not come: what is left of the tick ends. @throws InputError, StoreError, WorkerError */
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
