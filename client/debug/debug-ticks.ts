import * as vscode from "vscode";
import {
  type DebugLaunch,
  type DebuggedParams,
  type PrepareDebugParams,
  requests,
  type TickAnswer,
  type TickFilterParams,
} from "../../server/protocol/runner-protocol.ts";
import { type Disposable, Disposables } from "../disposables.ts";
import type { Runner } from "../runner/runner.ts";
import { debugConfiguration, TICK_ID } from "./debug-configuration.ts";

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

/** Starts the editor's own debugger of Node for ticks, and tells the runner when it has ended. */
export class DebugTicks implements Disposable {
  readonly #runner: Pick<Runner, "request">;
  readonly #owned = new Disposables();
  /** Of the sessions that are under way, by the id of their tick. */
  readonly #ended = new Map<string, () => void>();

  constructor(runner: Pick<Runner, "request">) {
    this.#runner = runner;
    this.#owned.add(
      vscode.debug.onDidTerminateDebugSession(({ configuration, parentSession }) => {
        if (!parentSession) this.#ended.get(configuration[TICK_ID])?.();
      }),
    );
  }

  /** Resolves as soon as the debugger is there. @throws an Error with a message for people */
  async start({ folder, name, ...filter }: DebugRequest): Promise<DebuggedTick> {
    const uri = vscode.Uri.parse(folder);
    const params: PrepareDebugParams = { folder, ...filter };
    const launch = await this.#runner.request<DebugLaunch>(requests.prepareDebug, params);
    const options = vscode.workspace.getConfiguration("backgroundTasks", uri).get<Record<string, unknown>>("debugOptions", {});
    const ended = new Promise<void>((resolve) => this.#ended.set(launch.id, resolve));
    const hasStarted = await this.#startSession(uri, debugConfiguration(launch, name, options));
    if (!hasStarted) {
      this.#ended.delete(launch.id);
      await this.#end(folder, launch);
      throw new Error(vscode.l10n.t("The debugger could not be started. The Debug Console may say more."));
    }
    const answer = ended.then(() => {
      this.#ended.delete(launch.id);
      return this.#end(folder, launch);
    });
    // Whoever asked may not look at it.
    answer.catch(() => {});
    return { answer };
  }

  dispose(): void {
    this.#owned.dispose();
  }

  async #startSession(uri: vscode.Uri, configuration: vscode.DebugConfiguration): Promise<boolean> {
    try {
      // What is unsaved in the folder was saved before.
      return await vscode.debug.startDebugging(vscode.workspace.getWorkspaceFolder(uri), configuration, { suppressSaveBeforeStart: true });
    } catch {
      // The editor has told the person why.
      return false;
    }
  }

  #end(folder: string, { id }: DebugLaunch): Promise<TickAnswer> {
    const params: DebuggedParams = { folder, id };
    return this.#runner.request<TickAnswer>(requests.endDebug, params);
  }
}
