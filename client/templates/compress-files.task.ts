import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { BackgroundTaskEx, BackgroundTaskExAction, type Deadline } from "background-task-ex";

/** Params of the task. Paths are relative to the workspace folder. */
interface Params {
  from?: string;
  to?: string;
}

/** Progress of the action. Only params outlive a tick, so everything the next one needs is stored here, as plain JSON. */
interface Position {
  from: string;
  to: string;
  /** The last finished file: files are processed in the order of their names. */
  lastName: string;
  files: number;
  chunkSize: number;
}

export class CompressFilesInChunks extends BackgroundTaskExAction<Position> {
  /** Called once, before the first chunk. `false`: there is nothing to do. */
  override async initActionParams() {
    await mkdir(this.params.to, { recursive: true });
    return (await this.remainingFiles()).length > 0;
  }

  /** Called in the tick after a failure: the next attempt uses smaller chunks. `false` would give up. */
  override changeActionParamsOnError() {
    this.params.chunkSize = Math.ceil(this.params.chunkSize / 2);
    return true;
  }

  /** `true`: finished. `false`: paused; the next tick calls it again with the params as saved. */
  override async executeAction(deadline: Deadline) {
    const { params } = this;
    const names = await this.remainingFiles();
    while (names.length > 0) {
      // The time of this tick is used up.
      if (deadline.isReached()) return false;
      const chunk = names.splice(0, params.chunkSize);
      await Promise.all(chunk.map((name) => this.compress(name)));
      params.lastName = chunk.at(-1) ?? params.lastName;
      params.files += chunk.length;
      // Saves the params: if this process dies, the next tick continues from here.
      await this.checkpoint();
      this.reportProgress({ done: params.files, total: params.files + names.length, message: params.lastName });
    }
    this.task.message = `${params.files} files compressed`;
    return true;
  }

  async remainingFiles() {
    const entries = await readdir(this.params.from, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
    return names.filter((name) => name > this.params.lastName).sort();
  }

  /** An interrupted chunk is repeated. That is safe: the rename replaces a result as a whole. */
  async compress(name: string) {
    const target = join(this.params.to, `${name}.gz`);
    await pipeline(createReadStream(join(this.params.from, name)), createGzip(), createWriteStream(`${target}.tmp`));
    await rename(`${target}.tmp`, target);
  }
}

export class CompressFiles extends BackgroundTaskEx<Params> {
  /** Called once, when the task is created. */
  override createActions() {
    const { from = ".", to = "compressed" } = this.params;
    return [new CompressFilesInChunks({ from, to, lastName: "", files: 0, chunkSize: 16 })];
  }
}
