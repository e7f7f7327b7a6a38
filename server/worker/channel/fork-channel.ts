import type { WorkerChannel } from "./channel.ts";
import type { WorkerCommand } from "./messages.ts";
import { writeAll } from "./write-all.ts";

/** File descriptors of a forked worker in addition to the standard ones and the IPC channel (3). */
export const LIFELINE_FD = 4;
export const REPORT_FD = 5;

/**
 * Commands arrive by IPC; messages leave through a separate pipe, because Node's IPC queues what it cannot write at once, and queued
 * messages are lost when the process dies. Writing to a pipe synchronously also slows down a worker that sends more than its supervisor can
 * read.
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

/** Libraries that find `process.send` assume that their parent expects their messages. Node itself needs `disconnect`. */
function hideFromUserCode(): void {
  Object.assign(process, { send: undefined });
}
