import * as vscode from "vscode";
import type { DebugFailureAnswer, DebugFailureLaunch, FailureParams } from "../../server/protocol/runner-protocol.ts";
import type { Runner } from "../runner/runner.ts";
import type { DebugSessions } from "./debug-sessions.ts";

/** A failed attempt, repeated under the debugger. */
export interface RepeatedAttempt {
  /** Of what failed: an action, or a task as a whole. */
  readonly name: string;
  /** Its outcome. Rejects with a message for people. */
  readonly answer: Promise<DebugFailureAnswer>;
}

/**
 * Repeats a failed attempt under the debugger, which stops where it fails. Resolves as soon as the debugger is there.
 *
 * @throws an Error with a message for people
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
    // The end of the session reports whatever goes wrong here.
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

/** Whatever is not caught stops the debugger then, and of what is caught only this. */
async function stopAt(session: vscode.DebugSession, message: string): Promise<void> {
  const condition = `error?.message === ${JSON.stringify(message)}`;
  await session.customRequest("setExceptionBreakpoints", { filters: [], filterOptions: [{ filterId: "all", condition }] });
}
