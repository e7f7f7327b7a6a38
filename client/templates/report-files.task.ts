import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Actions, BackgroundTaskEx, BackgroundTaskExAction } from "background-task-ex";

/** Params of the task, through which its actions share results. Paths are relative to the workspace folder. */
interface Params {
  folder?: string;
  report?: string;
  /** Line counts by file; set by the first action for the next ones. */
  lines?: Record<string, number>;
  /** Files, longest first; set by the second action. */
  ranking?: string[];
}

export class ReportFilesCount extends BackgroundTaskExAction<Params & { lastName?: string }, ReportFiles> {
  /**
   * A generator: each `yield` is a checkpoint, which saves the params of the action and of the task together, and where the action pauses
   * once the time is used up. The next tick starts at the top, so finished work is skipped.
   */
  override async *executeAction() {
    const { folder = ".", lastName = "" } = this.params;
    const shared = this.task.params;
    const lines = shared.lines ?? {};
    shared.lines = lines;
    const entries = await readdir(folder, { withFileTypes: true });
    const names = entries.flatMap((entry) => (entry.isFile() ? [entry.name] : [])).sort();
    for (const [index, name] of names.entries()) {
      if (name <= lastName) continue;
      lines[name] = (await readFile(join(folder, name), "utf8")).split("\n").length;
      this.params.lastName = name;
      this.reportProgress({ done: index + 1, total: names.length, message: name });
      yield;
    }
  }
}

export class ReportFilesRank extends BackgroundTaskExAction<Params, ReportFiles> {
  override executeAction() {
    const shared = this.task.params;
    const byLines = Object.entries(shared.lines ?? {}).sort(([, a], [, b]) => b - a);
    shared.ranking = byLines.map(([name]) => name);
    return true;
  }
}

export class ReportFilesWrite extends BackgroundTaskExAction<Params, ReportFiles> {
  override async executeAction() {
    const { report = "report.md", lines = {}, ranking = [] } = this.task.params;
    const rows = ranking.map((name) => `| ${name} | ${lines[name] ?? 0} |\n`);
    await writeFile(`${report}.tmp`, `| file | lines |\n|---|---:|\n${rows.join("")}`);
    // Readers see the whole report or none, even if this process dies here.
    await rename(`${report}.tmp`, report);
    this.task.message = `${ranking.length} files counted, see ${report}`;
    return true;
  }
}

export class ReportFiles extends BackgroundTaskEx<Params> {
  /** Executed in this order. Each action starts with a copy of the task's params. */
  static override readonly actions = [ReportFilesCount, ReportFilesRank, ReportFilesWrite] satisfies Actions<Params>;
}
