/** How much is kept of everything that one action prints in one call. */
export const OUTPUT_ALLOWANCE_BYTES = 256 * 1024;

/** What of the output of one call is passed on: the first part of both its streams together. */
export class OutputAllowance {
  #left = OUTPUT_ALLOWANCE_BYTES;

  /** The part of it that may be passed on. */
  take(bytes: Buffer): Buffer {
    const taken = bytes.subarray(0, this.#left);
    this.#left -= taken.length;
    return taken;
  }
}

/** A line on what was not passed on. */
export function droppedNote(bytes: number): string {
  return `[… ${sizeInWords(bytes)} more dropped: only the first ${OUTPUT_ALLOWANCE_BYTES / 1024} KiB are kept]\n`;
}

function sizeInWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KiB`;
  return `${(bytes / (1024 * 1024)).toFixed(1)} MiB`;
}
