import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import type { Duplex, Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { LIFELINE_FD, REPORT_FD } from "../../worker/channel/fork-channel.ts";
import type { LastWords, WorkerCommand, WorkerMessage } from "../../worker/channel/messages.ts";
import type { RawFrame } from "../../worker/watchdog/main-thread-frames.ts";
import { descendantsOf, kill, killGroup, type ProcessIdentity, stillRunning } from "../../worker/watchdog/process-tree.ts";
import { eachLine } from "./each-line.ts";
import type { JobWorker, WorkerEnd, WorkerListener, WorkerSettings } from "./job-worker.ts";
import { killMarked, MARK_VARIABLE, outlasting, startedBy } from "./leftover-processes.ts";
import { Tail } from "./tail.ts";

/** Milliseconds. */
const FRAMES_TIME = 500;
const LEAVING_TIME = 1_000;
/** How long a process may take to exit after its descriptors have been closed. */
const EXITING_TIME = 1_000;
/** How long output of an exited process may still arrive: another process may hold the pipe open. */
const DRAINING_TIME = 1_000;
const STDERR_TAIL_BYTES = 16 * 1024;
/** How much is shown of a report that is not a message. */
const SHOWN_CHARACTERS = 80;

/** A forked tick worker and everything it starts. */
export class WorkerProcess implements JobWorker {
  readonly ended: Promise<WorkerEnd>;
  readonly #child: ChildProcess;
  readonly #mark = randomUUID();
  readonly #stderr = new Tail(STDERR_TAIL_BYTES);
  /** Resolves when the process itself is gone, to the reason if it could not be started. */
  readonly #exited: Promise<Error | undefined>;
  #lastWords: LastWords | undefined;
  #garbledReport: string | undefined;
  #isUnwatched = false;
  #isLeaving = false;

  constructor(settings: WorkerSettings, listener: WorkerListener) {
    const { nodePath, workerPath, execArgv, env, cwd, cacheDirectory } = settings;
    this.#child = fork(workerPath, ["--cache", cacheDirectory], {
      execPath: nodePath,
      execArgv: [...execArgv],
      env: { ...env, [MARK_VARIABLE]: this.#mark },
      cwd,
      // A separate process group. Windows has none, and would open a console instead.
      detached: process.platform !== "win32",
      windowsHide: true,
      stdio: ["ignore", "pipe", "pipe", "ipc", "pipe", "pipe"],
    } as Parameters<typeof fork>[2]);
    for (const stream of this.#streams()) stream.on("error", () => {});
    this.#child.stdout?.on("data", (chunk: Buffer) => listener.onOutput("stdout", chunk));
    this.#child.stderr?.on("data", (chunk: Buffer) => {
      this.#stderr.add(chunk);
      listener.onOutput("stderr", chunk);
    });
    eachLine(this.#stream(REPORT_FD), (line) => afterPolling(() => this.#receive(line, listener)));
    this.#exited = new Promise((resolve) => {
      this.#child.on("error", (error) => this.pid === undefined && resolve(error));
      this.#child.once("exit", () => resolve(undefined));
    });
    this.ended = this.#watchEnd();
    this.#stream(LIFELINE_FD).once("close", () => void this.#endUnwatched());
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  send(command: WorkerCommand): void {
    // A worker that is gone cannot receive commands; `ended` reports it.
    if (this.#child.connected) this.#child.send(command, () => {});
  }

  async frames(): Promise<readonly RawFrame[] | undefined> {
    const lifeline = this.#stream(LIFELINE_FD) as Duplex;
    const answer = new Promise<string>((resolve) => eachLine(lifeline, resolve));
    lifeline.write("?");
    const line = await Promise.race([answer, this.ended.then(() => undefined), delay(FRAMES_TIME, undefined, { ref: false })]);
    return line === undefined ? undefined : JSON.parse(line);
  }

  async leave(): Promise<readonly ProcessIdentity[]> {
    this.#isLeaving = true;
    const { pid } = this;
    if (pid === undefined) return [];
    const started = await startedBy(pid, this.#mark);
    // Windows forgets the parent of processes once it is gone.
    if (process.platform === "win32") await killGroup(pid);
    else this.send({ kind: "leave" });
    const isGone = await Promise.race([this.#exited.then(() => true), delay(LEAVING_TIME, undefined, { ref: false })]);
    if (!isGone) await killGroup(pid);
    const leftBehind = await outlasting(started);
    await killGroup(pid);
    for (const process of leftBehind) kill(process);
    await this.ended;
    return leftBehind;
  }

  async end(): Promise<WorkerEnd> {
    if (this.pid !== undefined && this.#child.exitCode === null && this.#child.signalCode === null) {
      const descendants = await descendantsOf(this.pid);
      await killGroup(this.pid);
      for (const process of await stillRunning(descendants)) kill(process);
    }
    return this.ended;
  }

  /** Its end of the lifeline closes with the process, or else with its watchdog: nothing would end it if this process were gone. */
  async #endUnwatched(): Promise<void> {
    const isGone = await Promise.race([this.#exited.then(() => true), delay(EXITING_TIME, undefined, { ref: false })]);
    if (isGone) return;
    this.#isUnwatched = true;
    await this.end();
  }

  #receive(line: string, listener: WorkerListener): void {
    // User code can write to this pipe, too: nothing that follows can be trusted then.
    if (this.#garbledReport !== undefined) return;
    const message = parseMessage(line);
    if (!message) {
      this.#garbledReport = line.slice(0, SHOWN_CHARACTERS);
      return void this.end();
    }
    if (message.kind === "last-words") this.#lastWords = message.words;
    else listener.onMessage(message);
  }

  async #watchEnd(): Promise<WorkerEnd> {
    const child = this.#child;
    const closed = Promise.all(this.#streams().map(streamClosed));
    const startError = await this.#exited;
    if (child.pid !== undefined && !this.#isLeaving) {
      // The group outlives its leader as long as it has members.
      if (process.platform !== "win32") await killGroup(child.pid);
      await killMarked(this.#mark);
    }
    await Promise.race([closed, delay(DRAINING_TIME, undefined, { ref: false })]);
    for (const stream of this.#streams()) stream.destroy();
    await new Promise<void>((resolve) => afterPolling(resolve));
    return {
      code: child.exitCode,
      signal: child.signalCode,
      stderrTail: this.#stderr.text(),
      ...(this.#lastWords && { lastWords: this.#lastWords }),
      ...(this.#garbledReport !== undefined && { garbledReport: this.#garbledReport }),
      ...(this.#isUnwatched && { isUnwatched: true }),
      ...(startError && { startError }),
    };
  }

  #stream(fd: number): Readable {
    return this.#child.stdio[fd] as Readable;
  }

  #streams(): Readable[] {
    return this.#child.stdio.filter((stream) => stream != null) as Readable[];
  }
}

function parseMessage(line: string): WorkerMessage | undefined {
  try {
    const message: WorkerMessage | null = JSON.parse(line);
    return typeof message?.kind === "string" ? message : undefined;
  } catch {
    return undefined;
  }
}

function streamClosed(stream: Readable): Promise<void> {
  return new Promise((resolve) => {
    if (stream.closed) resolve();
    else stream.once("close", () => resolve());
  });
}

/**
 * Calls back, in order, once the event loop has polled all pipes again. A worker's output is in its pipe before the message that follows it
 * is in another, but if both pipes are read in one turn of the loop, the message may come first.
 */
function afterPolling(callback: () => void): void {
  setImmediate(() => setImmediate(callback));
}
