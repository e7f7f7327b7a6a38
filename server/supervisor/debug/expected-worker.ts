import { randomUUID } from "node:crypto";
import { once } from "node:events";
import type { Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { LaunchTarget } from "../../protocol/debug-target.ts";
import type { LastWords, WorkerCommand, WorkerMessage } from "../../worker/channel/messages.ts";
import { type Hello, TOKEN_VARIABLE } from "../../worker/debug/socket-channel.ts";
import { descendantsOf, kill, type ProcessIdentity, stillRunning } from "../../worker/watchdog/process-tree.ts";
import { eachLine } from "../process/each-line.ts";
import type { JobWorker, WorkerEnd, WorkerListener, WorkerSettings } from "../process/job-worker.ts";
import { killMarked, MARK_VARIABLE, outlasting, startedBy } from "../process/leftover-processes.ts";
import { PrivateSocket } from "./private-socket.ts";

/** Milliseconds. */
const LEAVING_TIME = 1_000;
/** Node's exit code for an uncaught error. */
const UNCAUGHT_EXIT_CODE = 1;

/**
 * V8 cannot skip Node's own functions that come from its start-up snapshot: a step past an action's last line would stop in each of the
 * hundreds of functions behind promises, hidden by the debugger, at 45 ms each.
 */
const NO_SNAPSHOT = "--no-node-snapshot";

interface Connections {
  readonly pid: number;
  readonly commands: Socket;
  readonly messages: Socket;
}

/** A tick worker started by a debugger, which connects on its own. */
export class ExpectedWorker implements JobWorker {
  readonly ended: Promise<WorkerEnd>;
  readonly #socket: PrivateSocket;
  readonly #listener: WorkerListener;
  readonly #mark = randomUUID();
  readonly #waiting: WorkerCommand[] = [];
  readonly #greeted = new Map<Hello["purpose"], Socket>();
  #connections: Connections | undefined;
  #lastWords: LastWords | undefined;
  #startError: Error | undefined;
  #resolveEnded: () => void = () => {};

  /** @param onReady called once the worker can connect. */
  constructor(settings: WorkerSettings, listener: WorkerListener, onReady: (target: LaunchTarget) => void) {
    this.#listener = listener;
    const gone = new Promise<void>((resolve) => {
      this.#resolveEnded = resolve;
    });
    this.ended = gone.then(() => this.#clear());
    this.#socket = new PrivateSocket({
      onListening: () => onReady(this.#target(settings)),
      onConnection: (socket, hello) => this.#greet(socket, hello),
      onError: (error) => {
        this.#startError = error;
        this.#resolveEnded();
      },
    });
  }

  send(command: WorkerCommand): void {
    if (this.#connections) this.#connections.commands.write(`${JSON.stringify(command)}\n`);
    else this.#waiting.push(command);
  }

  /** The debugger inspects a debugged process. */
  async frames(): Promise<undefined> {}

  async leave(): Promise<readonly ProcessIdentity[]> {
    const connections = this.#connections;
    if (!connections) return [];
    const started = await startedBy(connections.pid, this.#mark);
    this.send({ kind: "leave" });
    const isGone = await Promise.race([this.ended.then(() => true), delay(LEAVING_TIME, undefined, { ref: false })]);
    if (!isGone) kill(connections);
    const leftBehind = await outlasting(started);
    for (const process of leftBehind) kill(process);
    await this.ended;
    return leftBehind;
  }

  async end(): Promise<WorkerEnd> {
    if (!this.#connections) this.#resolveEnded();
    else if (!this.#connections.commands.closed) {
      const { pid } = this.#connections;
      const descendants = await descendantsOf(pid);
      kill({ pid });
      for (const process of await stillRunning(descendants)) kill(process);
    }
    return this.ended;
  }

  #target({ nodePath, workerPath, execArgv, env, cwd }: WorkerSettings): LaunchTarget {
    const { path, token } = this.#socket;
    return {
      request: "launch",
      program: workerPath,
      runtimeExecutable: nodePath,
      runtimeArgs: [NO_SNAPSHOT, ...execArgv],
      args: ["--connect", path],
      cwd,
      env: { ...differing(env, process.env), [MARK_VARIABLE]: this.#mark, [TOKEN_VARIABLE]: token },
    };
  }

  #greet(socket: Socket, { purpose, pid }: Hello): void {
    this.#greeted.set(purpose, socket);
    const [commands, messages] = [this.#greeted.get("commands"), this.#greeted.get("messages")];
    if (!commands || !messages || this.#connections) return;
    this.#connections = { pid, commands, messages };
    this.#socket.close();
    eachLine(messages, (line) => this.#receive(JSON.parse(line)));
    // Everything that was sent has been read by then.
    void once(messages, "close").then(() => this.#resolveEnded());
    for (const paused of [commands, messages]) paused.resume();
    for (const command of this.#waiting.splice(0)) this.send(command);
  }

  #receive(message: WorkerMessage): void {
    if (message.kind === "last-words") this.#lastWords = message.words;
    else this.#listener.onMessage(message);
  }

  async #clear(): Promise<WorkerEnd> {
    this.#socket.close();
    for (const socket of this.#greeted.values()) socket.destroy();
    await killMarked(this.#mark);
    const words = this.#lastWords;
    return {
      // Only the parent process gets the exit code; here it is known from the worker's last words alone.
      code: words?.reason === "exit" ? words.code : words ? UNCAUGHT_EXIT_CODE : null,
      signal: null,
      stderrTail: "",
      ...(words && { lastWords: words }),
      ...(this.#startError && { startError: this.#startError }),
    };
  }
}

/** Returns what must be set so that a process inheriting `inherited` has `wanted`. */
function differing(wanted: NodeJS.ProcessEnv, inherited: NodeJS.ProcessEnv): Record<string, string> {
  const entries = Object.entries(wanted).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries.filter(([name, value]) => inherited[name] !== value));
}
