import * as vscode from "vscode";
import type { DebugFailureAnswer, DebugFailureLaunch, DebuggedParams, FailureParams } from "../../server/protocol/runner-protocol.ts";
import type { Runner } from "../runner/runner.ts";
import type { DebugSessions } from "./debug-sessions.ts";

/** A failed attempt that is made again under the debugger. */
export interface DebuggedFailure {
  /** Of what has failed: an action, or a task as a whole. */
  readonly name: string;
  /** What came of it. Rejects with a message for people. */
  readonly answer: Promise<DebugFailureAnswer>;
}

/** Makes failed attempts again under the debugger, which stops by itself where they fail. */
export class DebugFailures {
  readonly #runner: Pick<Runner, "request">;
  readonly #sessions: DebugSessions;

  constructor(runner: Pick<Runner, "request">, sessions: DebugSessions) {
    this.#runner = runner;
    this.#sessions = sessions;
  }

  /** Resolves as soon as the debugger is there. @throws an Error with a message for people */
  async start(failure: FailureParams): Promise<DebuggedFailure> {
    const { folder } = failure;
    const launch = await this.#runner.request("prepareDebugFailure", failure);
    const debugged: DebuggedParams = { folder, id: launch.id };
    const begin = async (session: vscode.DebugSession): Promise<void> => {
      // Whatever goes wrong here is told by how the session ends, if it was not ended already.
      if (launch.thrown) await stopAt(session, launch.thrown.message).catch(() => {});
      await this.#runner.request("beginDebugFailure", debugged).catch(() => {});
    };
    const { answer } = await this.#sessions.start({
      folder,
      launch,
      name: sessionName(launch),
      end: () => this.#runner.request("endDebugFailure", debugged),
      onProcess: (session) => void begin(session),
    });
    return { name: launch.name, answer };
  }
}

function sessionName({ name, attempt }: DebugFailureLaunch): string {
  return attempt === undefined ? vscode.l10n.t("{0} (failed)", name) : vscode.l10n.t("{0} (attempt {1}, failed)", name, attempt);
}

/** Whatever is not caught stops the debugger then, and of what is caught only this. */
async function stopAt(session: vscode.DebugSession, message: string): Promise<void> {
  const condition = `error?.message === ${JSON.stringify(message)}`;
  await session.customRequest("setExceptionBreakpoints", { filters: [], filterOptions: [{ filterId: "all", condition }] });
}
