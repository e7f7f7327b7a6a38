import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readdir, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { BackgroundTaskEx, BackgroundTaskExAction, type Deadline } from "background-task-ex";

interface Folders {
  from: string;
  to: string;
}

interface Position extends Folders {
  /** The last file of the last chunk. Files are processed in the order of their names, so this is all the next tick needs to continue. */
  lastName: string;
  chunkSize: number;
  files: number;
  bytesBefore: number;
  bytesAfter: number;
}

/**
 * THE IDEA: long work in chunks. `checkpoint()` saves each finished chunk, so a tick may end or die after any of them, and the next one
 * continues from there. Chunks grow while there is time and shrink as the deadline approaches.
 */
export class CompressLogFiles extends BackgroundTaskExAction<Position> {
  async initActionParams() {
    await mkdir(this.params.to, { recursive: true });
    return (await this.remainingLogs()).length > 0;
  }

  async executeAction(deadline: Deadline) {
    const { params } = this;
    const logs = await this.remainingLogs();
    while (logs.length > 0) {
      if (deadline.isReached()) return false;
      const chunk = logs.splice(0, params.chunkSize);
      const startedAt = performance.now();
      for (const { before, after } of await Promise.all(chunk.map((name) => this.compress(name)))) {
        params.files += 1;
        params.bytesBefore += before;
        params.bytesAfter += after;
      }
      params.lastName = chunk.at(-1) ?? params.lastName;
      params.chunkSize = nextChunkSize(chunk.length, performance.now() - startedAt, deadline.remaining());
      await this.checkpoint();
      this.reportProgress({ done: params.files, total: params.files + logs.length });
    }
    const percent = Math.round((100 * params.bytesAfter) / Math.max(1, params.bytesBefore));
    this.task.message = `${params.files} logs compressed to ${percent} % of their size`;
    return true;
  }

  async remainingLogs() {
    const names = await readdir(this.params.from);
    return names.filter((name) => name.endsWith(".log") && name > this.params.lastName).sort();
  }

  /** A chunk whose tick died is repeated. That is safe: the rename replaces a result as a whole, with an identical one. */
  async compress(name: string) {
    const source = join(this.params.from, name);
    const target = join(this.params.to, `${name}.gz`);
    const temporary = `${target}.tmp`;
    await pipeline(createReadStream(source), createGzip({ level: 9 }), createWriteStream(temporary, { flush: true }));
    await rename(temporary, target);
    return { before: (await stat(source)).size, after: (await stat(target)).size };
  }
}

/** As many files as fit into a quarter of the remaining time, and at most twice as many as before. */
function nextChunkSize(files: number, elapsedMs: number, remainingMs: number) {
  const fitting = Math.floor((remainingMs / 4) * (files / Math.max(1, elapsedMs)));
  return Math.max(1, Math.min(fitting, 2 * files, 64));
}

export class CompressLogs extends BackgroundTaskEx<Folders> {
  createActions() {
    return [new CompressLogFiles({ ...this.params, lastName: "", chunkSize: 4, files: 0, bytesBefore: 0, bytesAfter: 0 })];
  }
}
