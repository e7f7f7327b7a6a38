import * as vscode from "vscode";
import type { DebugFailureAnswer, DebugFailureLaunch, FailureParams } from "../../server/protocol/runner-protocol.ts";
import type { Runner } from "../runner/runner.ts";
import type { DebugSessions } from "./debug-sessions.ts";

/** A failed attempt that is repeated under the debugger. */
export interface RepeatedAttempt {
  /** Name of the failed action, or of the task if it failed as a whole. */
  readonly name: string;
  /** The outcome. Rejects with a message for the user. */
  readonly answer: Promise<DebugFailureAnswer>;
}

/**
 * Repeats a failed attempt under the debugger, which stops where it fails. Resolves as soon as the debugger has started.
 *
 * @throws an Error with a message for the user
 */
export async function repeatAttempt(
  runner: Pick<Runner, "request">,
  sessions: DebugSessions,
  failure: FailureParams,
): Promise<RepeatedAttempt> {
  const { folder } = failure;
  const launch = await runner.request("prepareDebugFailure", failure);
  const debugged = { folder, id: launch.id };
  const begin = async (session: vscode.DebugSession): Promise<void> => {
    // The end of the session reports any error from here.
    if (launch.thrown) await stopAt(session, launch.thrown.message).catch(() => {});
    await runner.request("beginDebugFailure", debugged).catch(() => {});
  };
  const { answer } = await sessions.start({
    folder,
    launch,
    name: sessionName(launch),
    end: () => runner.request("endDebugFailure", debugged),
    onProcess: (session) => void begin(session),
  });
  return { name: launch.name, answer };
}

function sessionName({ name, attempt }: DebugFailureLaunch): string {
  return attempt === undefined ? vscode.l10n.t("{0} (failed)", name) : vscode.l10n.t("{0} (attempt {1}, failed)", name, attempt);
}

/** Makes the debugger stop at uncaught errors, and at caught ones only if they have this message. */
async function stopAt(session: vscode.DebugSession, message: string): Promise<void> {
  const condition = `error?.message === ${JSON.stringify(message)}`;
  await session.customRequest("setExceptionBreakpoints", { filters: [], filterOptions: [{ filterId: "all", condition }] });
}
