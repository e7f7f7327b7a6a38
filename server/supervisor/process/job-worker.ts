import type { LastWords, WorkerCommand, WorkerMessage } from "../../worker/channel/messages.ts";
import type { RawFrame } from "../../worker/watchdog/main-thread-frames.ts";
import type { ProcessIdentity } from "../../worker/watchdog/process-tree.ts";

/** A tick worker from its supervisor's point of view. Owned by its starter until `ended` resolves; nothing of it is left then. */
export interface JobWorker {
  readonly ended: Promise<WorkerEnd>;
  send(command: WorkerCommand): void;
  /** Where the main thread is, even in an endless loop; `undefined` if it is waiting for something, or cannot be asked. */
  frames(): Promise<readonly RawFrame[] | undefined>;
  /** Lets a worker exit whose job is done, and terminates the processes it leaves behind. Resolves to those. */
  leave(): Promise<readonly ProcessIdentity[]>;
  /** Terminates it and everything it started, at once. */
  end(): Promise<WorkerEnd>;
}

export interface WorkerSettings {
  /** The Node that executes user code. */
  readonly nodePath: string;
  readonly workerPath: string;
  readonly execArgv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** Where the worker may keep compiled code. */
  readonly cacheDirectory: string;
}

export interface WorkerListener {
  onMessage(message: Exclude<WorkerMessage, { readonly kind: "last-words" }>): void;
  onOutput(stream: "stdout" | "stderr", chunk: Buffer): void;
}

/** How a worker ended. */
export interface WorkerEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly lastWords?: LastWords;
  /** The last part of its stderr. */
  readonly stderrTail: string;
  /** The start of what it reported if that was not a message; the reason it was terminated. */
  readonly garbledReport?: string;
  /** It was terminated because its watchdog had ended. */
  readonly isUnwatched?: true;
  /** Why it could not be started. */
  readonly startError?: Error;
}

export type StartWorker = (settings: WorkerSettings, listener: WorkerListener) => JobWorker;
