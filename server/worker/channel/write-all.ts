import { writeSync } from "node:fs";

/** Writes to a blocking descriptor. Data without a reader is dropped: the watchdog handles the end of this process. */
export function writeAll(fd: number, data: string | Uint8Array): void {
  let rest = Buffer.from(data);
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(fd, rest));
  } catch {
    // No reader.
  }
}
