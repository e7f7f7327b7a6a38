import type { TickState } from "../../protocol/folder-state.ts";
import type { TickEvent } from "../../protocol/tick-event.ts";
import { InputError, type TickFilter, type TickReport } from "../../service/index.ts";
import type { TickDebugging, TickOptions } from "../../supervisor/index.ts";
import { TickDisplayState } from "./tick-display-state.ts";

export interface TickRequest {
  readonly filter?: TickFilter;
  readonly startedBy: "person" | "automatic";
  readonly signal?: AbortSignal;
  readonly debugging?: TickDebugging;
  /** Told what happens, besides those who follow every tick of the folder. */
  readonly onEvent?: (event: TickEvent, state: TickState) => void;
}

export interface FolderTicksOptions {
  readonly tick: (options: TickOptions) => Promise<TickReport>;
  readonly countWaiting: (filter: TickFilter | undefined) => number;
  readonly onState: (state: TickState | null) => void;
  readonly onEvent: (event: TickEvent) => void;
  readonly onReport: (report: TickReport) => void;
}

interface OwnTick {
  readonly filter: TickFilter | undefined;
  readonly display: TickDisplayState;
  readonly report: Promise<TickReport>;
  cancel(): void;
}

/** The ticks that this runner executes in a folder: one at a time. */
export class FolderTicks {
  readonly #options: FolderTicksOptions;
  #own: OwnTick | undefined;

  constructor(options: FolderTicksOptions) {
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#own !== undefined;
  }

  /**
   * Who asks for what is under way already gets the report of that; who asks for something else meanwhile finds it `locked`.
   */
  run(request: TickRequest): Promise<TickReport> {
    const own = this.#own;
    if (!own) return this.#start(request);
    const isTheSame = own.filter?.task === request.filter?.task && own.filter?.class === request.filter?.class;
    if (request.startedBy === "person" && !request.debugging && isTheSame) return own.report;
    return Promise.resolve({ outcome: "locked", durationMs: 0, tasks: [] });
  }

  /** @throws InputError when no tick of this runner is under way. */
  async cancel(): Promise<void> {
    if (!this.#own)
      throw new InputError("This window has no tick to cancel. Stop a tick of another process there, or cancel a single task here.");
    this.#own.cancel();
    await this.#own.report.catch(() => {});
  }

  async #start({ filter, startedBy, signal, debugging, onEvent }: TickRequest): Promise<TickReport> {
    const display = new TickDisplayState(startedBy, this.#options.countWaiting(filter), debugging !== undefined);
    const cancellation = new AbortController();
    const cancel = () => {
      display.cancelling();
      this.#options.onState(display.state);
      cancellation.abort();
    };
    if (signal?.aborted) cancel();
    signal?.addEventListener("abort", cancel, { once: true });
    const report = this.#options.tick({
      ...(filter && { filter }),
      ...(debugging && { debugging }),
      signal: cancellation.signal,
      onEvent: (event) => {
        display.apply(event);
        this.#options.onState(display.state);
        this.#options.onEvent(event);
        onEvent?.(event, display.state);
      },
    });
    this.#own = { filter, display, report, cancel };
    this.#options.onState(display.state);
    try {
      const ended = await report;
      this.#options.onReport(ended);
      return ended;
    } finally {
      signal?.removeEventListener("abort", cancel);
      this.#own = undefined;
      this.#options.onState(null);
    }
  }
}
