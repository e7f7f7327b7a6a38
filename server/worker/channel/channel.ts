import type { WorkerCommand, WorkerMessage } from "./messages.ts";

/** The worker's end of the connection to its supervisor. */
export interface WorkerChannel {
  readonly isOpen: boolean;
  /** Stdout and stderr lead to the supervisor. Otherwise they belong to another process, and output must be sent as messages too. */
  readonly hasStandardStreams: boolean;
  /** Synchronous: messages arrive even if the process dies or blocks right afterwards. */
  send(messages: readonly WorkerMessage[]): void;
  onCommand(listener: (command: WorkerCommand) => void): void;
  /** Calls back when the supervisor is gone, or has released this worker. */
  onLost(listener: () => void): void;
}
