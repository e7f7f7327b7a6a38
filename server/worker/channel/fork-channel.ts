import type { WorkerChannel } from "./channel.ts";
import type { WorkerCommand } from "./messages.ts";
import { writeAll } from "./write-all.ts";

/** File descriptors of a forked worker beside the standard ones and the IPC channel (3). */
export const LIFELINE_FD = 4;
export const REPORT_FD = 5;

/**
 * Commands come by IPC, messages leave by a pipe of their own: Node's IPC queues what it cannot write at once, and what is queued is lost
 * when the process dies. A pipe written synchronously also holds a worker back that tells more than its supervisor can read.
 */
export function openForkChannel(): WorkerChannel {
  hideFromUserCode();
  return {
    hasStandardStreams: true,
    get isOpen() {
      return process.connected;
    },
    send: (messages) => writeAll(REPORT_FD, messages.map((message) => `${JSON.stringify(message)}\n`).join("")),
    onCommand: (listener) => void process.on("message", (command) => listener(command as WorkerCommand)),
    onLost: (listener) => void process.once("disconnect", listener),
  };
}

/** Libraries that find `process.send` believe that whoever forked them expects messages of theirs. Node itself needs `disconnect`. */
function hideFromUserCode(): void {
  Object.assign(process, { send: undefined });
}
