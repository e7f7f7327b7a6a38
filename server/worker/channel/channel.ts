import type { WorkerCommand, WorkerMessage } from "./messages.ts";

/** The worker's end of what connects it with its supervisor. */
export interface WorkerChannel {
  readonly isOpen: boolean;
  /** Stdout and stderr lead to the supervisor. Otherwise they are somebody else's, and what is printed has to be told as messages, too. */
  readonly hasStandardStreams: boolean;
  /** Synchronous: what was sent arrives even when the process dies, or blocks, right afterwards. */
  send(messages: readonly WorkerMessage[]): void;
  onCommand(listener: (command: WorkerCommand) => void): void;
  /** The supervisor is gone, or has let go of this worker. */
  onLost(listener: () => void): void;
}
