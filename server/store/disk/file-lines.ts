import type { FileHandle } from "./regular-file.ts";

export const NEWLINE = 0x0a;

/**
 * The longest line that is stored or read, in bytes: reading it takes about twice as much memory again. A longer one counts as damaged.
 */
export const MOST_LINE_BYTES = 128 << 20;

/** Read and parsed in one step, so the event loop is blocked for a few tens of milliseconds at most. */
const PART_BYTES = 1 << 20;
/** Small, because filling it is part of every start. */
const NEWLINES = Buffer.alloc(32 << 10, NEWLINE);

/** Whole lines of a file, with their newlines; the last line of the file may lack it. */
export interface FilePart {
  readonly start: number;
  readonly end: number;
  /** Valid until the next part is requested; `undefined` for a single line that is too long. */
  readonly bytes: Buffer | undefined;
}

/** The rest of a file from `position` on, in parts, without stretches of newlines. Each byte is looked at once, however long the lines are. */
export async function* partsOf(handle: FileHandle, position: number): AsyncGenerator<FilePart, { readonly size: number }> {
  const buffer = Buffer.allocUnsafe(PART_BYTES);
  const line = new UnfinishedLine();
  for (;;) {
    const { bytesRead } = await handle.read(buffer, 0, PART_BYTES, position);
    if (bytesRead === 0) break;
    let read = buffer.subarray(0, bytesRead);
    let start = position;
    position += bytesRead;
    if (line.length > 0) {
      const newline = read.indexOf(NEWLINE);
      line.add(newline < 0 ? read : read.subarray(0, newline + 1));
      if (newline < 0) continue;
      start += newline + 1;
      read = read.subarray(newline + 1);
      yield { start: start - line.length, end: start, bytes: line.take() };
    }
    if (isPadding(read)) continue;
    const end = read.lastIndexOf(NEWLINE) + 1;
    if (end > 0) yield { start, end: start + end, bytes: read.subarray(0, end) };
    line.add(read.subarray(end));
  }
  if (line.length > 0) yield { start: position - line.length, end: position, bytes: line.take() };
  return { size: position };
}

/** Collects a line that is longer than a part; of one that is too long, only its length. */
class UnfinishedLine {
  #pieces: Buffer[] = [];
  length = 0;

  add(piece: Buffer): void {
    this.length += piece.length;
    if (this.length > MOST_LINE_BYTES) this.#pieces = [];
    else if (piece.length > 0) this.#pieces.push(Buffer.from(piece));
  }

  take(): Buffer | undefined {
    const bytes = this.length > MOST_LINE_BYTES ? undefined : Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.length = 0;
    return bytes;
  }
}

/** Reserved space without any line yet. */
function isPadding(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at += NEWLINES.length) {
    const part = bytes.subarray(at, at + NEWLINES.length);
    if (!part.equals(NEWLINES.subarray(0, part.length))) return false;
  }
  return true;
}
