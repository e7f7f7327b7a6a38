import { copyFile, mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { BackgroundTaskEx, BackgroundTaskExAction, cron, type Deadline } from "background-task-ex";

/** Params of the task; the schedule passes none. Paths are relative to the workspace folder. */
interface Params {
  from?: string;
  to?: string;
  /** How many of the newest backups to keep. */
  keep?: number;
}

/** Progress of the action. Only params outlive a tick, so everything the next one needs is stored here, as plain JSON. */
interface Position {
  from: string;
  to: string;
  day: string;
  lastName: string;
  files: number;
}

export class BackUpFilesCopy extends BackgroundTaskExAction<Position> {
  /** Called once: a backup that continues past midnight still belongs to the day it started on. */
  override async initActionParams() {
    this.params.day = new Date().toISOString().slice(0, 10);
    await mkdir(join(this.params.to, this.params.day), { recursive: true });
    return true;
  }

  /** `true`: finished. `false`: paused; the next tick calls it again with the params as saved. */
  override async executeAction(deadline: Deadline) {
    const { params } = this;
    const entries = await readdir(params.from, { withFileTypes: true });
    const names = entries.flatMap((entry) => (entry.isFile() && entry.name > params.lastName ? [entry.name] : [])).sort();
    const total = params.files + names.length;
    for (const name of names) {
      // The time of this tick is used up.
      if (deadline.isReached()) return false;
      const target = join(params.to, params.day, name);
      await copyFile(join(params.from, name), `${target}.tmp`);
      await rename(`${target}.tmp`, target);
      params.lastName = name;
      params.files += 1;
      // Saves the params: if this process dies, the next tick continues from here.
      await this.checkpoint();
      this.reportProgress({ done: params.files, total, message: name });
    }
    this.task.message = `${params.files} files saved in ${join(params.to, params.day)}`;
    return true;
  }
}

export class BackUpFilesPrune extends BackgroundTaskExAction<{ to: string; keep: number }> {
  /** A deleted backup is not found again: the next tick continues with the rest, without a position to save. */
  override async executeAction(deadline: Deadline) {
    const { to, keep } = this.params;
    const days = (await readdir(to)).filter((name) => /^\d{4}-\d{2}-\d{2}$/.test(name)).sort();
    for (const day of days.slice(0, Math.max(0, days.length - keep))) {
      if (deadline.isReached()) return false;
      await rm(join(to, day), { recursive: true, force: true });
    }
    return true;
  }
}

export class BackUpFiles extends BackgroundTaskEx<Params> {
  /** A tick creates such a task at 02:00 every night if ticks run automatically: by `background-tasks serve`, cron, or Auto Tick. */
  static override readonly schedule = cron("0 2 * * *");

  /** Called once, when the schedule or a user creates the task. */
  override createActions() {
    const { from = ".", to = "backups", keep = 7 } = this.params;
    return [new BackUpFilesCopy({ from, to, day: "", lastName: "", files: 0 }), new BackUpFilesPrune({ to, keep })];
  }
}
