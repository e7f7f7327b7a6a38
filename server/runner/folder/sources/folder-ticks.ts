import { Emitter, type Event } from "vscode-languageserver";
import type { TickState } from "../../../protocol/folder-state.ts";
import type { TickEvent } from "../../../protocol/tick-event.ts";
import { InputError, type TickFilter, type TickReport } from "../../../service/index.ts";
import type { TickDebugging } from "../../../supervisor/index.ts";
import type { ActionProgressed, ObservedFolder } from "../../model/observed-folder.ts";
import type { FolderSupervisor } from "../folder-supervisor.ts";
import { countWaiting, TickDisplayState } from "./tick-display-state.ts";

export interface TickRequest {
  readonly filter?: TickFilter;
  readonly startedBy: "person" | "automatic";
  readonly signal?: AbortSignal;
  readonly debugging?: TickDebugging;
  /** Called for its events, in addition to the followers of every tick of the folder. */
  readonly onEvent?: (event: TickEvent, state: TickState) => void;
}

interface OwnTick {
  readonly filter: TickFilter | undefined;
  readonly display: TickDisplayState;
  readonly report: Promise<TickReport>;
  cancel(): void;
}

/** The ticks that this runner executes in a folder: one at a time. */
export class FolderTicks {
  readonly #model: ObservedFolder;
  readonly #supervisor: FolderSupervisor;
  readonly #happened = new Emitter<TickEvent>();
  readonly #ended = new Emitter<TickReport>();
  #own: OwnTick | undefined;

  constructor(model: ObservedFolder, supervisor: FolderSupervisor) {
    this.#model = model;
    this.#supervisor = supervisor;
  }

  /** Fires for every event of a tick. */
  get onDidHappen(): Event<TickEvent> {
    return this.#happened.event;
  }

  get onDidEnd(): Event<TickReport> {
    return this.#ended.event;
  }

  get isRunning(): boolean {
    return this.#own !== undefined;
  }

  /** A request for what is already running gets the report of that; a request for something else returns `locked`. */
  run(request: TickRequest): Promise<TickReport> {
    const own = this.#own;
    if (!own) return this.#start(request);
    const isTheSame = own.filter?.task === request.filter?.task && own.filter?.class === request.filter?.class;
    if (request.startedBy === "person" && !request.debugging && isTheSame) return own.report;
    return Promise.resolve({ outcome: "locked", durationMs: 0, tasks: [] });
  }

  /** @throws InputError if no tick of this runner is running. */
  async cancel(): Promise<void> {
    if (!this.#own)
      throw new InputError("This window has no tick to cancel. Stop a tick of another process there, or cancel a single task here.");
    this.#own.cancel();
    await this.#own.report.catch(() => {});
  }

  async #start({ filter, startedBy, signal, debugging, onEvent }: TickRequest): Promise<TickReport> {
    const display = new TickDisplayState(startedBy, countWaiting(this.#model.slices.tasks, filter), debugging !== undefined);
    const cancellation = new AbortController();
    const cancel = () => {
      display.cancelling();
      this.#model.set({ tick: display.state });
      cancellation.abort();
    };
    if (signal?.aborted) cancel();
    signal?.addEventListener("abort", cancel, { once: true });
    const report = this.#supervisor.tick({
      ...(filter && { filter }),
      ...(debugging && { debugging }),
      signal: cancellation.signal,
      onEvent: (event) => {
        display.apply(event);
        this.#model.set({ tick: display.state, progress: progressAfter(event, this.#model.slices.progress) });
        this.#happened.fire(event);
        onEvent?.(event, display.state);
      },
    });
    this.#own = { filter, display, report, cancel };
    this.#model.set({ tick: display.state });
    try {
      const ended = await report;
      this.#ended.fire(ended);
      return ended;
    } finally {
      signal?.removeEventListener("abort", cancel);
      this.#own = undefined;
      this.#model.set({ tick: null });
    }
  }
}

function progressAfter(event: TickEvent, before: ActionProgressed | undefined): ActionProgressed | undefined {
  switch (event.kind) {
    case "action-progressed":
      return event;
    case "action-ended":
    case "task-ended":
    case "worker-ended":
      return undefined;
    default:
      return before;
  }
}
