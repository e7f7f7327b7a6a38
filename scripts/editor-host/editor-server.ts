import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { PassThrough } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import type { DataDirectory } from "./data-directory.ts";
import { builtinExtensions, serverEnvironment, serverMain, serverNode } from "./host-files.ts";
import { processesOf } from "./process-group.ts";

export interface EditorServerOptions {
  readonly data: DataDirectory;
  /** For `--extensions-dir`. */
  readonly extensions: string;
  /** Lets the page name an extension and tests to run; silences notifications and dialogs. */
  readonly testDriver?: boolean;
  /** `false`: the settings `security.workspace.trust.*` decide. */
  readonly trustsEverything?: boolean;
  /** What a page must know to connect; without one, any user of this machine may. */
  readonly connectionToken?: string;
  readonly environment?: NodeJS.ProcessEnv;
}

/** Milliseconds that the server's processes get to end by themselves. With coverage the extension host has a file to write. */
const GRACE = process.env.NODE_V8_COVERAGE ? 10_000 : 1_500;

/** A VS Code server of one's own on a free port of 127.0.0.1; ends with this process at the latest. */
export class EditorServer {
  readonly authority: string;
  /** Resolves when the server's process is gone, for any reason. */
  readonly ended: Promise<void>;
  readonly #process: ChildProcess;
  readonly #endGroup = () => this.#signalGroup("SIGKILL");

  private constructor(process_: ChildProcess, port: number) {
    this.#process = process_;
    this.ended = new Promise((resolve) => process_.once("exit", () => resolve()));
    this.authority = `127.0.0.1:${port}`;
  }

  static async start(options: EditorServerOptions): Promise<EditorServer> {
    // In a process group of its own, so that whatever it has started can be ended with it.
    const child = spawn(serverNode, [serverMain, ...serverArguments(options)], {
      env: { ...serverEnvironment(), ...options.environment },
      stdio: ["ignore", "pipe", "pipe"],
      detached: process.platform !== "win32",
    });
    const endEarly = () => signalGroup(child, "SIGKILL");
    process.once("exit", endEarly);
    exitOnSignals();
    try {
      const server = new EditorServer(child, await portOf(child, options.data.serverLog));
      process.once("exit", server.#endGroup);
      return server;
    } catch (error) {
      endEarly();
      throw error;
    } finally {
      process.off("exit", endEarly);
    }
  }

  /** A path of this machine as the page names it. */
  remoteUri(path: string): string {
    return `vscode-remote://${this.authority}${path}`;
  }

  /** Ids of the processes that it has started, however deep, and whose command line contains a text. */
  async processes(text: string): Promise<readonly number[]> {
    return this.#process.pid === undefined ? [] : processesOf(this.#process.pid, text);
  }

  async stop(): Promise<void> {
    this.#process.kill("SIGTERM");
    for (const end = Date.now() + GRACE; this.#signalGroup(0) && Date.now() < end; ) await delay(25);
    this.#endGroup();
    process.off("exit", this.#endGroup);
  }

  #signalGroup(signal: NodeJS.Signals | 0): boolean {
    return signalGroup(this.#process, signal);
  }
}

function serverArguments({ data, extensions, testDriver, trustsEverything = true, connectionToken }: EditorServerOptions): string[] {
  const args = ["--accept-server-license-terms", "--host", "127.0.0.1", "--port", "0", "--server-data-dir", data.server];
  args.push("--extensions-dir", extensions, "--builtin-extensions-dir", builtinExtensions, "--reconnection-grace-time", "5");
  args.push("--disable-telemetry", "--disable-experiments", "--disable-update-check", "--disable-getting-started-override");
  args.push("--force-disable-user-env", "--disable-websocket-compression");
  if (testDriver) args.push("--enable-smoke-test-driver");
  if (trustsEverything) args.push("--disable-workspace-trust");
  args.push(...(connectionToken ? ["--connection-token", connectionToken] : ["--without-connection-token"]));
  return args;
}

/** Keeps reading what the server says, into its log. */
function portOf(child: ChildProcess, logFile: string): Promise<number> {
  const log = createWriteStream(logFile, { flags: "a" });
  const said = new PassThrough();
  for (const stream of [child.stdout, child.stderr]) stream?.pipe(said, { end: false });
  said.pipe(log);
  let text = "";
  return new Promise((resolve, reject) => {
    const fail = (what: string) => reject(new Error(`The editor's server ${what}:\n${text}`));
    const timer = setTimeout(() => fail("did not start within 60 s"), 60_000);
    child.once("error", reject).once("exit", (code, signal) => fail(`ended with ${code ?? signal}`));
    const read = (chunk: Buffer) => {
      text += chunk;
      const port = /Extension host agent listening on (\d+)/.exec(text)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      said.off("data", read);
      resolve(Number(port));
    };
    said.on("data", read);
  });
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  try {
    if (pid !== undefined) process.kill(process.platform === "win32" ? pid : -pid, signal);
    return pid !== undefined;
  } catch {
    return false;
  }
}

let exitsOnSignals = false;

/** A signal ends a process without its exit handlers, which would leave the server behind. */
function exitOnSignals(): void {
  if (exitsOnSignals) return;
  exitsOnSignals = true;
  // Who has a handler of their own, as mocha does for SIGINT, exits by themselves.
  const signals = (["SIGINT", "SIGTERM", "SIGHUP"] as const).filter((signal) => process.listenerCount(signal) === 0);
  for (const signal of signals) process.once(signal, () => process.exit(1));
}
