/** Maximum bytes of output kept for one call of an action's method. */
export const OUTPUT_ALLOWANCE_BYTES = 256 * 1024;

/** Limits the output of one call: forwards the first part of both its streams together. */
export class OutputAllowance {
  #left = OUTPUT_ALLOWANCE_BYTES;

  /** Returns the part that may be forwarded. */
  take(bytes: Buffer): Buffer {
    const taken = bytes.subarray(0, this.#left);
    this.#left -= taken.length;
    return taken;
  }
}

/** Returns a line about dropped output. */
export function droppedNote(bytes: number): string {
  return `[… ${sizeInWords(bytes)} more dropped: only the first ${OUTPUT_ALLOWANCE_BYTES / 1024} KiB are kept]\n`;
}

function sizeInWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KiB`;
  return `${(bytes / (1024 * 1024)).toFixed(1)} MiB`;
}
