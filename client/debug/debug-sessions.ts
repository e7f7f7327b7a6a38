import * as vscode from "vscode";
import type { DebugLaunch } from "../../server/protocol/runner-protocol.ts";
import { type Disposable, Disposables } from "../disposables.ts";
import { type DebugOptions, debugConfiguration, LAUNCH_ID } from "./debug-configuration.ts";

export interface DebugSessionStart {
  /** URI of the folder. */
  readonly folder: string;
  /** As the runner has prepared it. */
  readonly launch: DebugLaunch;
  /** Of the session. */
  readonly name: string;
  /** Told of the process that is debugged, once the debugger has it in hand. */
  readonly onProcess?: (session: vscode.DebugSession) => void;
}

interface FollowedSession {
  readonly onProcess: ((session: vscode.DebugSession) => void) | undefined;
  readonly onEnd: () => void;
}

/** Starts the editor's own debugger of Node, and follows its sessions to their ends. */
export class DebugSessions implements Disposable {
  readonly #owned = new Disposables();
  /** By the ids of their launches. */
  readonly #followed = new Map<string, FollowedSession>();
  /** Those whose process has been told of: an action may start others, which are debugged as well. */
  readonly #told = new Set<string>();

  constructor() {
    this.#owned.add(vscode.debug.onDidStartDebugSession((session) => this.#started(session)));
    this.#owned.add(
      vscode.debug.onDidTerminateDebugSession(({ configuration, parentSession }) => {
        if (!parentSession) this.#followed.get(configuration[LAUNCH_ID])?.onEnd();
      }),
    );
  }

  /** Resolves as soon as the debugger is there. @throws an Error with a message for people */
  async start({ folder, launch, name, onProcess }: DebugSessionStart): Promise<{ readonly ended: Promise<void> }> {
    const uri = vscode.Uri.parse(folder);
    const options = vscode.workspace.getConfiguration("backgroundTasks", uri).get<DebugOptions>("debugOptions", {});
    const { id } = launch;
    const ended = new Promise<void>((onEnd) => this.#followed.set(id, { onProcess, onEnd }));
    const forget = () => {
      this.#followed.delete(id);
      this.#told.delete(id);
    };
    if (!(await start(uri, debugConfiguration(launch, name, options)))) {
      forget();
      throw new Error(vscode.l10n.t("The debugger could not be started. The Debug Console may say more."));
    }
    return { ended: ended.then(forget) };
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #started(session: vscode.DebugSession): void {
    const id = session.parentSession?.configuration[LAUNCH_ID];
    const followed = this.#followed.get(id);
    if (!followed || this.#told.has(id)) return;
    this.#told.add(id);
    followed.onProcess?.(session);
  }
}

async function start(uri: vscode.Uri, configuration: vscode.DebugConfiguration): Promise<boolean> {
  try {
    // What is unsaved in the folder was saved before.
    return await vscode.debug.startDebugging(vscode.workspace.getWorkspaceFolder(uri), configuration, { suppressSaveBeforeStart: true });
  } catch {
    // The editor has told the person why.
    return false;
  }
}
