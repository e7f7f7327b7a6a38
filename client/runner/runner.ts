import * as vscode from "vscode";
import { CloseAction, type Disposable, ErrorAction, LanguageClient, State } from "vscode-languageclient/node";
import type { FolderChange } from "../../server/protocol/folder-state.ts";
import {
  type ClientNotifications,
  notifications,
  type OutputParams,
  type ParamsOf,
  type ResultOf,
  type RunnerNotifications,
  requests,
  type Verb,
} from "../../server/protocol/runner-protocol.ts";
import { messageOf } from "../../server/words/message-of.ts";
import { Disposables } from "../disposables.ts";
import type { WorkspaceModel } from "../model/workspace-model.ts";
import { CrashLimit } from "./crash-limit.ts";
import { notRunning } from "./not-running.ts";
import { clientOptions, serverOptions } from "./runner-options.ts";
import type { RunnerState } from "./runner-state.ts";

/**
 * The runner process: started when there is a folder, restarted after a crash, mirrored in the
 * model. Owns the language client.
 */
export class Runner {
  readonly #client: LanguageClient;
  readonly #model: WorkspaceModel;
  readonly #log: vscode.LogOutputChannel;
  readonly #crashes = new CrashLimit();
  readonly #owned = new Disposables();
  readonly #stateChanged = this.#owned.add(new vscode.EventEmitter<RunnerState>());
  readonly #output = this.#owned.add(new vscode.EventEmitter<OutputParams>());
  readonly onDidChangeState = this.#stateChanged.event;
  /** What user code prints, and the runner's own lines. */
  readonly onDidOutput = this.#output.event;
  #state: RunnerState = { kind: "stopped" };
  #starting: Promise<void> | undefined;
  #mirroring: Promise<void> | undefined;
  #mirrorAgain = false;

  constructor({
    extensionPath,
    model,
    log,
  }: { readonly extensionPath: string; readonly model: WorkspaceModel; readonly log: vscode.LogOutputChannel }) {
    this.#model = model;
    this.#log = log;
    this.#client = new LanguageClient("backgroundTasks", "Background Tasks", serverOptions(extensionPath), {
      ...clientOptions(log),
      errorHandler: { error: () => ({ action: ErrorAction.Continue, handled: true }), closed: () => this.#crashed() },
    });
    this.#owned.add(this.#client.onDidChangeState(({ newState }) => this.#clientChanged(newState)));
    this.#owned.add(this.onNotification("changed", (change) => this.#changed(change)));
    this.#owned.add(this.onNotification("output", (output) => this.#output.fire(output)));
    this.#owned.add(vscode.workspace.onDidGrantWorkspaceTrust(() => void this.#trustGranted()));
    this.#owned.add(vscode.workspace.onDidChangeWorkspaceFolders(() => void this.#foldersChanged()));
  }

  get state(): RunnerState {
    return this.#state;
  }

  /** The process id, for diagnosis; `undefined` while there is no process. */
  get pid(): number | undefined {
    return this.#client.serverProcess?.pid;
  }

  /** Starts the process. Does nothing if no folder is on a local disk, or if it has already started. */
  async start(): Promise<void> {
    if (!hasFolder() || this.#state.kind !== "stopped") return;
    this.#setState({ kind: "starting" });
    this.#starting = this.#start();
    await this.#starting;
  }

  /** Resolves when a start in progress has ended and the model has received the runner's state. */
  async settled(): Promise<void> {
    if (this.#state.kind === "restarting") {
      await new Promise<void>((resolve) => {
        const listening = this.onDidChangeState(() => {
          listening.dispose();
          resolve();
        });
      });
    }
    await this.#starting;
    await this.#mirroring;
  }

  async #start(): Promise<void> {
    try {
      await this.#client.start();
      await this.#mirror();
    } catch (error) {
      this.#log.error(error instanceof Error ? error : String(error));
      if (this.#client.state !== State.Running) this.#setState({ kind: "stopped", problem: messageOf(error) });
    }
  }

  /** Ends the process and starts another. */
  async restart(): Promise<void> {
    this.#crashes.forget();
    if (this.#client.needsStop()) await this.#client.stop().catch((error: unknown) => this.#log.warn(messageOf(error)));
    this.#setState({ kind: "stopped" });
    await this.start();
  }

  /** Rejects with a message for people; never throws, so that a caller's `catch` sees a stopped runner too. */
  async request<V extends Verb>(verb: V, params: ParamsOf<V>, token?: vscode.CancellationToken): Promise<ResultOf<V>> {
    if (this.#state.kind === "stopped") throw new Error(notRunning());
    // An explicit `undefined` would be sent as a param.
    return token ? this.#client.sendRequest(requests[verb], params, token) : this.#client.sendRequest(requests[verb], params);
  }

  onNotification<N extends keyof RunnerNotifications>(name: N, handler: (params: RunnerNotifications[N]) => void): Disposable {
    return this.#client.onNotification(notifications[name], handler);
  }

  /** Resolves when the process has ended. */
  async dispose(): Promise<void> {
    this.#owned.dispose();
    if (this.#client.needsStop()) await this.#client.stop().catch(() => {});
    await this.#client.dispose().catch(() => {});
  }

  #setState(state: RunnerState): void {
    this.#state = state;
    this.#stateChanged.fire(state);
  }

  #clientChanged(state: State): void {
    if (state !== State.Running) return;
    const isRestart = this.#state.kind === "restarting";
    this.#setState({ kind: "running" });
    if (isRestart) void this.#mirror();
  }

  #crashed(): { action: CloseAction; handled: true; message: string } {
    if (this.#crashes.crashed()) {
      this.#setState({ kind: "restarting" });
      return { action: CloseAction.Restart, handled: true, message: "The runner stopped unexpectedly and is restarting." };
    }
    const problem = vscode.l10n.t("The runner stopped unexpectedly several times in a row and will not restart automatically.");
    this.#setState({ kind: "stopped", problem });
    return { action: CloseAction.DoNotRestart, handled: true, message: problem };
  }

  #changed(change: FolderChange): void {
    if (!this.#model.apply(change)) void this.#mirror();
  }

  /** Requests the whole state, and again if a change is missed meanwhile. */
  #mirror(): Promise<void> {
    this.#mirrorAgain = true;
    this.#mirroring ??= this.#mirrorAll().finally(() => {
      this.#mirroring = undefined;
    });
    return this.#mirroring;
  }

  async #mirrorAll(): Promise<void> {
    while (this.#mirrorAgain) {
      this.#mirrorAgain = false;
      try {
        const snapshots = await this.request("state", {});
        const byUri = new Map(snapshots.map((snapshot) => [snapshot.state.uri, snapshot]));
        // Only folders of the window: a folder that was just removed may still be reported.
        const open = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => byUri.get(this.uriOf(uri)));
        this.#model.reset(open.filter((snapshot) => snapshot !== undefined));
      } catch (error) {
        this.#log.warn(`Could not read task state: ${messageOf(error)}`);
      }
    }
  }

  /** The URI of a folder or file in the runner's form. */
  uriOf(uri: vscode.Uri): string {
    return this.#client.code2ProtocolConverter.asUri(uri);
  }

  async #trustGranted(): Promise<void> {
    if (this.#client.state !== State.Running) return;
    await this.#notify("trust", { trusted: vscode.workspace.isTrusted });
  }

  #notify<N extends keyof ClientNotifications>(name: N, params: ClientNotifications[N]): Promise<void> {
    return this.#client.sendNotification(notifications[name], params);
  }

  async #foldersChanged(): Promise<void> {
    if (this.#state.kind === "stopped" && this.#state.problem === undefined) await this.start();
    else if (this.#client.state === State.Running) await this.#mirror();
  }
}

function hasFolder(): boolean {
  return (vscode.workspace.workspaceFolders ?? []).some(({ uri }) => uri.scheme === "file");
}
