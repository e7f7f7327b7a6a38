import type { FileSystem } from "./durable-file.ts";
import { NEWLINE } from "./journal-codec.ts";
import { isMissing } from "./storage-error.ts";

const PART_BYTES = 256 << 10;

/** The lines of a file, last one first, without reading more of it than is asked for. None when there is no such file. */
export async function* linesBackwards(fs: FileSystem, path: string): AsyncGenerator<Buffer> {
  const handle = await fs.promises.open(path, "r").catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (!handle) return;
  try {
    let position = (await handle.stat()).size;
    /** The beginning of what was read, whose line may begin further ahead. */
    let rest: Buffer = Buffer.alloc(0);
    while (position > 0) {
      const length = Math.min(PART_BYTES, position);
      position -= length;
      const { buffer } = await handle.read(Buffer.alloc(length), 0, length, position);
      let part = Buffer.concat([buffer, rest]);
      for (let newline = part.lastIndexOf(NEWLINE); newline >= 0; newline = part.lastIndexOf(NEWLINE)) {
        if (newline + 1 < part.length) yield part.subarray(newline + 1);
        part = part.subarray(0, newline);
      }
      rest = part;
    }
    if (rest.length > 0) yield rest;
  } finally {
    await handle.close();
  }
}
