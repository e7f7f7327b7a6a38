import type { DebuggedParams, PrepareDebugParams, TickAnswer, TickFilterParams } from "../../server/protocol/runner-protocol.ts";
import type { Runner } from "../runner/runner.ts";
import type { DebugSessions } from "./debug-sessions.ts";

export interface DebugRequest extends TickFilterParams {
  /** URI of the folder, as the runner names it. */
  readonly folder: string;
  /** Of the debug session. */
  readonly name: string;
}

/** A tick under the debugger. */
export interface DebuggedTick {
  /** What it came to. Rejects with a message for people. */
  readonly answer: Promise<TickAnswer>;
}

/** Debugs ticks, and tells the runner when the debugger has ended. */
export class DebugTicks {
  readonly #runner: Pick<Runner, "request">;
  readonly #sessions: DebugSessions;

  constructor(runner: Pick<Runner, "request">, sessions: DebugSessions) {
    this.#runner = runner;
    this.#sessions = sessions;
  }

  /** Resolves as soon as the debugger is there. @throws an Error with a message for people */
  async start({ folder, name, ...filter }: DebugRequest): Promise<DebuggedTick> {
    const params: PrepareDebugParams = { folder, ...filter };
    const launch = await this.#runner.request("prepareDebug", params);
    const debugged: DebuggedParams = { folder, id: launch.id };
    const end = () => this.#runner.request("endDebug", debugged);
    return this.#sessions.start({ folder, launch, name, end });
  }
}
