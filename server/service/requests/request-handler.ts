import type { RequestBody, StoreWriter, TaskRequest } from "../../store/index.ts";
import { timestamp } from "../machine/timestamp.ts";
import type { Clock } from "../service-options.ts";
import { refusalOfEdit } from "./params-edit.ts";
import { effectsOf } from "./request-effects.ts";

/** What requests need to know about the task being executed. */
interface Executing {
  readonly id: string;
  stop(reason: "task-cancelled" | "task-paused"): void;
}

/**
 * Fulfils requests of other processes while a tick holds the mutex. A request for the task being executed first asks it to stop, and is
 * fulfilled once it has.
 */
export class RequestHandler {
  readonly #writer: StoreWriter;
  readonly #clock: Clock;
  readonly #mustStop: () => boolean;
  readonly #warn: (message: string) => void;
  /** The number of the store's warnings that were passed on. */
  #warnings: number;
  #hasLeftSome = false;
  readonly #stopListening: () => void;
  #executing: Executing | undefined;
  /** One at a time: each round sees what the previous one has fulfilled. */
  #round: Promise<unknown> = Promise.resolve();
  #failure: unknown;

  /**
   * `mustStop`: true when the time is spent; the next tick fulfils the rest. `warn`: called for requests that came too late to have their
   * effect, and for damaged ones.
   */
  constructor(
    writer: StoreWriter,
    { clock, mustStop = () => false, warn = () => {} }: { clock: Clock; mustStop?: () => boolean; warn?: (message: string) => void },
  ) {
    this.#writer = writer;
    this.#clock = clock;
    this.#mustStop = mustStop;
    this.#warn = warn;
    this.#warnings = writer.warnings.length;
    this.#stopListening = writer.onRequest(() => void this.#background());
  }

  /** True if time ran out before all requests were fulfilled. */
  get hasLeftSome(): boolean {
    return this.#hasLeftSome;
  }

  /** Holds requests for this task from now until `finished`. */
  executing(task: Executing): void {
    this.#executing = task;
  }

  finished(): void {
    this.#executing = undefined;
  }

  /** Fulfils the requests received so far. @throws StoreError */
  async fulfil(): Promise<void> {
    if (this.#failure) throw this.#failure;
    if (!this.#writer.hasRequests) return;
    const round = this.#round.then(() => this.#fulfilAll());
    this.#round = round.catch(() => {});
    await round;
  }

  async close(): Promise<void> {
    this.#stopListening();
    await this.#round;
  }

  /** A failure here is thrown by the next awaited call. */
  async #background(): Promise<void> {
    try {
      await this.fulfil();
      await this.#writer.flush();
    } catch (error) {
      this.#failure = error;
    }
  }

  /** Some in any case, so that requests do not wait for ever, and further ones while there is time. */
  async #fulfilAll(): Promise<void> {
    for (;;) {
      for (const request of await this.#writer.takeRequests()) {
        if (!this.#mustWaitFor(request)) this.#fulfilOne(request);
      }
      for (const warning of this.#writer.warnings.slice(this.#warnings)) this.#warn(warning);
      this.#warnings = this.#writer.warnings.length;
      this.#hasLeftSome = this.#writer.hasMoreRequests;
      if (!this.#hasLeftSome || this.#mustStop()) return;
      await this.#writer.flush();
    }
  }

  #mustWaitFor({ body }: TaskRequest): boolean {
    // It may concern any task, including the one being executed.
    if (body.kind === "class") return this.#executing !== undefined;
    if (!("task" in body) || body.task !== this.#executing?.id) return false;
    if (body.kind === "cancel") this.#executing.stop("task-cancelled");
    if (body.kind === "pause") this.#executing.stop("task-paused");
    return true;
  }

  #fulfilOne({ id, body }: TaskRequest): void {
    const now = timestamp(this.#clock.now());
    if (body.kind === "params") this.#warnIfLate(body);
    this.#writer.append({ changes: effectsOf(body, this.#writer, now), request: id });
  }

  /** The command promised the user that it would be done. */
  #warnIfLate(edit: Extract<RequestBody, { kind: "params" }>): void {
    const task = this.#writer.task(edit.task);
    const refusal = task ? refusalOfEdit(task, edit) : `Task ${edit.task} has ended.`;
    if (refusal !== undefined) this.#warn(`Edited params arrived too late. ${refusal}`);
  }
}
