import { readdir, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import { BackgroundTaskEx, BackgroundTaskExAction, type Deadline, weekly } from "background-task-ex";

interface Position {
  directory: string;
  /** How many of the newest archives to keep. */
  keep: number;
  deleted: number;
  bytes: number;
}

export class DeleteOldArchives extends BackgroundTaskExAction<Position> {
  async initActionParams() {
    return (await this.oldArchives()).length > 0;
  }

  async executeAction(deadline: Deadline) {
    const { params } = this;
    const names = await this.oldArchives();
    const total = params.deleted + names.length;
    for (const name of names) {
      if (deadline.isReached()) return false;
      const path = join(params.directory, name);
      const { size } = await stat(path);
      await unlink(path);
      params.deleted += 1;
      params.bytes += size;
      this.reportProgress({ done: params.deleted, total, message: name });
    }
    this.task.message = `${params.deleted} old archives deleted, ${Math.round(params.bytes / 1024)} KiB freed`;
    return true;
  }

  /** Names start with the day, so name order is age order. Files with other names are left alone. */
  async oldArchives() {
    const names = await readdir(this.params.directory);
    const archives = names.filter((name) => /^\d{4}-\d{2}-\d{2}\.log\.gz$/.test(name)).sort();
    return archives.slice(0, Math.max(0, archives.length - this.params.keep));
  }
}

/**
 * THE IDEA: a schedule. Inside its window a tick creates the task and executes it, and `background-tasks serve` wakes up for it; you need
 * not create one yourself, although you can. `reportProgress` and `message` show how it is going.
 */
export class PurgeArchives extends BackgroundTaskEx {
  static readonly schedule = weekly({ days: ["mon", "thu"], from: "01:30", to: "05:00" });

  createActions() {
    return [new DeleteOldArchives({ directory: "data/archives", keep: 30, deleted: 0, bytes: 0 })];
  }
}
