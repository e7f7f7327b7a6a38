import type { Writable } from "node:stream";
import { writeAll } from "../channel/write-all.ts";

interface BlockingHandle {
  readonly fd?: number;
  setBlocking?(blocking: boolean): number;
}

/**
 * Writes to a socket or pipe, bypassing Node's streams: data arrives even if the process dies right afterwards, and nothing is left for the
 * next turn of the event loop, where a step past an action's last line would stop in Node's own code that debuggers cannot hide.
 */
export function directWriter(stream: Writable): (data: string | Uint8Array) => void {
  const { _handle: handle } = stream as { _handle?: BlockingHandle | null };
  handle?.setBlocking?.(true);
  const fd = handle?.fd ?? -1;
  const write = stream.write.bind(stream);
  return fd >= 0 ? (data) => writeAll(fd, data) : (data) => void write(data);
}
