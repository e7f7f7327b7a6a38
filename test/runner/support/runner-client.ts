import { type ChildProcess, spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import {
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import type { FolderChange, FolderSnapshot, FolderState, TaskState } from "../../../server/protocol/folder-state.ts";
import {
  type ClassRenamedParams,
  notifications,
  type OutputParams,
  type RunnerOptions,
  requests,
} from "../../../server/protocol/runner-protocol.ts";
import { uriOf } from "./file-uri.ts";
import { OpenedFile } from "./opened-file.ts";

export { uriOf } from "./file-uri.ts";

/** The runner as it ships. */
export const runnerPath = resolve(process.env.DIST ?? "dist", "runner.js");
export const cliPath = resolve(process.env.DIST ?? "dist", "cli.js");

/** Milliseconds for what takes a moment on a machine with nothing else to do. */
const PATIENCE = 30_000;

export interface ClientOptions {
  readonly options?: RunnerOptions;
  /** What the client answers for `backgroundTasks` of a folder. */
  readonly settings?: (folder: string) => unknown;
  readonly env?: NodeJS.ProcessEnv;
  /** Instead of the runner's own program. */
  readonly command?: readonly [string, ...string[]];
  readonly processId?: number | null;
  readonly capabilities?: object;
}

/** A plain client of the real runner, over stdio. Keeps what it is told as a client with a view does. */
export class RunnerClient {
  readonly child: ChildProcess;
  readonly connection: ProtocolConnection;
  readonly diagnostics = new Map<string, readonly Diagnostic[]>();
  /** All that was ever told of files, oldest first. */
  readonly published: { readonly uri: string; readonly diagnostics: readonly Diagnostic[] }[] = [];
  readonly changes: FolderChange[] = [];
  readonly output: OutputParams[] = [];
  readonly renames: ClassRenamedParams[] = [];
  readonly progress: { readonly token: unknown; readonly value: Record<string, unknown> }[] = [];
  readonly exited: Promise<number | null>;
  initialized: InitializeResult | undefined;
  stderr = "";
  /** How often the client was told to ask for lenses again. */
  lensRefreshes = 0;
  readonly #news = new EventEmitter().setMaxListeners(100);
  readonly #folders = new Map<string, { revision: number; state: Omit<FolderState, "tasks">; tasks: Map<string, TaskState> }>();

  private constructor({ env = process.env, command = [process.execPath, runnerPath, "--stdio"], settings }: ClientOptions) {
    const [program, ...args] = command;
    this.child = spawn(program, args, { env, stdio: ["pipe", "pipe", "pipe"] });
    const { stdin, stdout, stderr } = this.child;
    if (!stdin || !stdout || !stderr) throw new Error("The runner has no streams.");
    stderr.setEncoding("utf8").on("data", (text: string) => {
      this.stderr += text;
    });
    this.exited = once(this.child, "exit").then(([code]) => code);
    this.connection = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
    stdin.on("error", () => {});
    this.connection.onError(() => {});
    this.connection.onNotification("textDocument/publishDiagnostics", ({ uri, diagnostics }) => {
      this.published.push({ uri, diagnostics });
      if (diagnostics.length > 0) this.diagnostics.set(uri, diagnostics);
      else this.diagnostics.delete(uri);
      this.#news.emit("news");
    });
    this.connection.onNotification(notifications.changed, (change: FolderChange) => this.#apply(change));
    this.connection.onNotification(notifications.output, (params: OutputParams) => {
      this.output.push(params);
      this.#news.emit("news");
    });
    this.connection.onNotification(notifications.classRenamed, (params: ClassRenamedParams) => void this.renames.push(params));
    this.connection.onNotification("$/progress", (params) => {
      this.progress.push(params);
      this.#news.emit("news");
    });
    this.connection.onRequest("window/workDoneProgress/create", () => null);
    this.connection.onRequest("client/registerCapability", () => null);
    this.connection.onRequest("workspace/codeLens/refresh", () => {
      this.lensRefreshes += 1;
      this.#news.emit("news");
      return null;
    });
    this.connection.onRequest("workspace/configuration", ({ items }: { items: { scopeUri: string }[] }) =>
      items.map(({ scopeUri }) => settings?.(scopeUri) ?? null),
    );
    this.connection.listen();
  }

  /** Starts a runner for these folders and asks for their state. */
  static async start(folders: readonly string[], options: ClientOptions = {}): Promise<RunnerClient> {
    const client = new RunnerClient(options);
    const endedEarly = client.exited.then((code) => {
      throw new Error(`The runner ended with ${code} before it could be used. It printed: ${client.stderr}`);
    });
    const initialized: Promise<InitializeResult> = client.connection.sendRequest("initialize", {
      processId: options.processId === undefined ? process.pid : options.processId,
      rootUri: null,
      capabilities: options.capabilities ?? {
        workspace: { workspaceFolders: true, configuration: options.settings !== undefined, codeLens: { refreshSupport: true } },
      },
      initializationOptions: { isOwnClient: true, ...options.options },
      workspaceFolders: folders.map((folder) => ({ uri: uriOf(folder), name: folder })),
    });
    for (const promise of [endedEarly, initialized]) promise.catch(() => {});
    client.initialized = await Promise.race([initialized, endedEarly]);
    await client.connection.sendNotification("initialized", {});
    await client.refresh();
    return client;
  }

  async refresh(): Promise<void> {
    for (const { revision, state } of await this.request<FolderSnapshot[]>(requests.state)) {
      const { tasks, ...rest } = state;
      this.#folders.set(state.uri, { revision, state: rest, tasks: new Map(tasks.map((task) => [task.id, task])) });
    }
    this.#news.emit("news");
  }

  /** @throws ResponseError */
  request<Result = unknown>(method: string, params: object = {}): Promise<Result> {
    return this.connection.sendRequest(method, params);
  }

  command<Result = unknown>(command: string, argument?: object, more: object = {}): Promise<Result> {
    return this.request("workspace/executeCommand", { command, ...(argument && { arguments: [argument] }), ...more });
  }

  /** As an editor opens a file; with `text`, as if somebody had written that into it. */
  async open(file: string, text?: string): Promise<OpenedFile> {
    const opened = new OpenedFile(this.connection, file, text ?? (await readFile(file, "utf8")));
    await opened.open();
    return opened;
  }

  folder(folder: string): FolderState {
    const known = this.#folders.get(uriOf(folder));
    if (!known) throw new Error(`The runner has told nothing of ${folder}; it printed: ${this.stderr}`);
    return { ...known.state, tasks: [...known.tasks.values()] };
  }

  problemsOf(file: string): readonly Diagnostic[] {
    return this.diagnostics.get(uriOf(file)) ?? [];
  }

  /** Resolves as soon as something that the runner tells makes it so, without asking for anything. */
  async until<Value>(what: string, find: () => Value | undefined | false | null, patience = PATIENCE): Promise<Value> {
    const signal = AbortSignal.timeout(patience);
    for (;;) {
      const found = find();
      if (found) return found;
      try {
        await once(this.#news, "news", { signal });
      } catch {
        throw new Error(`The runner did not tell this: ${what}. It printed: ${this.stderr}`);
      }
    }
  }

  /** As editors end a language server. */
  async stop(): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      await this.connection.sendRequest("shutdown").catch(() => {});
      await this.connection.sendNotification("exit").catch(() => {});
    }
    const code = await this.exited;
    this.connection.dispose();
    return code;
  }

  #apply(change: FolderChange): void {
    this.changes.push(change);
    const known = this.#folders.get(change.uri);
    if (known && change.revision > known.revision) {
      if (change.revision !== known.revision + 1) throw new Error(`Revision ${change.revision} came after ${known.revision}.`);
      known.revision = change.revision;
      known.state = { ...known.state, ...change.set };
      for (const key of change.unset ?? []) delete (known.state as Record<string, unknown>)[key];
      for (const task of change.tasks ?? []) known.tasks.set(task.id, task);
      for (const id of change.removed ?? []) known.tasks.delete(id);
    }
    this.#news.emit("news");
  }
}
