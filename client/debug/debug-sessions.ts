import * as vscode from "vscode";
import type { DebugLaunch } from "../../server/protocol/runner-protocol.ts";
import { type Disposable, Disposables } from "../disposables.ts";
import { type DebugOptions, debugConfiguration, LAUNCH_ID } from "./debug-configuration.ts";

export interface DebugSessionStart<Answer> {
  /** URI of the folder. */
  readonly folder: string;
  /** As prepared by the runner. */
  readonly launch: DebugLaunch;
  /** The session's name. */
  readonly name: string;
  /** Called when the debugger has ended or did not start; resolves to the outcome. Rejects with a message for the user. */
  readonly end: () => Promise<Answer>;
  /** Called with the session of the debugged process, once the debugger controls it. */
  readonly onProcess?: (session: vscode.DebugSession) => void;
}

interface FollowedSession {
  /** Called once, for the first process: an action may start other processes, which are debugged as well. */
  onProcess: ((session: vscode.DebugSession) => void) | undefined;
  readonly onEnd: () => void;
}

/** Starts the editor's own debugger of Node, and follows its sessions to their ends. */
export class DebugSessions implements Disposable {
  readonly #owned = new Disposables();
  /** Keyed by launch id. */
  readonly #followed = new Map<string, FollowedSession>();

  constructor() {
    this.#owned.add(vscode.debug.onDidStartDebugSession((session) => this.#started(session)));
    this.#owned.add(
      vscode.debug.onDidTerminateDebugSession(({ configuration, parentSession }) => {
        if (!parentSession) this.#followed.get(configuration[LAUNCH_ID])?.onEnd();
      }),
    );
  }

  /** Resolves as soon as the debugger has started. @throws an Error with a message for people */
  async start<Answer>({ folder, launch, name, end, onProcess }: DebugSessionStart<Answer>): Promise<{ readonly answer: Promise<Answer> }> {
    const uri = vscode.Uri.parse(folder);
    const options = vscode.workspace.getConfiguration("backgroundTasks", uri).get<DebugOptions>("debugOptions", {});
    const { id } = launch;
    const ended = new Promise<void>((onEnd) => this.#followed.set(id, { onProcess, onEnd }));
    if (!(await start(uri, debugConfiguration(launch, name, options)))) {
      this.#followed.delete(id);
      await end();
      throw new Error(vscode.l10n.t("Could not start the debugger. See the Debug Console for details."));
    }
    const answer = ended.then(() => {
      this.#followed.delete(id);
      return end();
    });
    // The caller may ignore it.
    answer.catch(() => {});
    return { answer };
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #started(session: vscode.DebugSession): void {
    const followed = this.#followed.get(session.parentSession?.configuration[LAUNCH_ID]);
    const tell = followed?.onProcess;
    if (!followed || !tell) return;
    followed.onProcess = undefined;
    tell(session);
  }
}

async function start(uri: vscode.Uri, configuration: vscode.DebugConfiguration): Promise<boolean> {
  try {
    // Unsaved files of the folder were saved before.
    return await vscode.debug.startDebugging(vscode.workspace.getWorkspaceFolder(uri), configuration, { suppressSaveBeforeStart: true });
  } catch {
    // The editor has shown the reason.
    return false;
  }
}
