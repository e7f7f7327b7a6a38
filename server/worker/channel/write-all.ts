import { writeSync } from "node:fs";

/** Writes to a descriptor that blocks. What nobody reads any more is dropped: the end of this process is then another's business. */
export function writeAll(fd: number, data: string | Uint8Array): void {
  let rest = Buffer.from(data);
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(fd, rest));
  } catch {
    // Nobody listens.
  }
}
