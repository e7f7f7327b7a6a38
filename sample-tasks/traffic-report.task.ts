import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Actions, BackgroundTaskEx, BackgroundTaskExAction } from "background-task-ex";

interface Counts {
  requests: number;
  errors: number;
  bytes: number;
}

interface Params {
  logs: string;
  report: string;
  /** Counts by path; set by CountRequests for the next actions. */
  traffic?: Record<string, Counts>;
  /** Paths, busiest first; set by RankPaths. */
  ranking?: string[];
}

export class CountRequests extends BackgroundTaskExAction<Params & { lastName?: string }, TrafficReport> {
  /** A generator: each `yield` is a checkpoint. The engine pauses there once the time is used up; the next tick starts at the top. */
  async *executeAction() {
    const shared = this.task.params;
    const traffic = shared.traffic ?? {};
    shared.traffic = traffic;
    const names = (await readdir(this.params.logs)).filter((name) => name.endsWith(".log")).sort();
    for (const [index, name] of names.entries()) {
      if (name <= (this.params.lastName ?? "")) continue;
      count(await readFile(join(this.params.logs, name), "utf8"), traffic);
      this.params.lastName = name;
      this.reportProgress({ done: index + 1, total: names.length });
      yield;
    }
  }
}

/** Matches `… "GET /orders?page=2 HTTP/1.1" 200 5316 …` in a web server's access log. */
const REQUEST = /"[A-Z]+ ([^ ?"]+)[^"]*" (\d{3}) (\d+)/;

function count(log: string, traffic: Record<string, Counts>) {
  for (const line of log.split("\n")) {
    const [, path, status, bytes] = REQUEST.exec(line) ?? [];
    if (path === undefined) continue;
    const { requests, errors, bytes: sum } = traffic[path] ?? { requests: 0, errors: 0, bytes: 0 };
    traffic[path] = { requests: requests + 1, errors: errors + (Number(status) >= 500 ? 1 : 0), bytes: sum + Number(bytes) };
  }
}

export class RankPaths extends BackgroundTaskExAction<Params, TrafficReport> {
  async executeAction() {
    const shared = this.task.params;
    const byRequests = Object.entries(shared.traffic ?? {}).sort(([, a], [, b]) => b.requests - a.requests);
    shared.ranking = byRequests.map(([path]) => path);
    return true;
  }
}

export class WriteReport extends BackgroundTaskExAction<Params, TrafficReport> {
  async executeAction() {
    const { report, traffic = {}, ranking = [] } = this.task.params;
    const rows = ranking.map((path) => `| ${path} | ${traffic[path]?.requests} | ${traffic[path]?.errors} | ${traffic[path]?.bytes} |\n`);
    await mkdir(dirname(report), { recursive: true });
    await writeFile(`${report}.tmp`, `| path | requests | errors | bytes |\n|---|---:|---:|---:|\n${rows.join("")}`, { flush: true });
    await rename(`${report}.tmp`, report);
    this.task.message = `${ranking.length} paths ranked, the busiest is ${ranking[0]}`;
    return true;
  }
}

/**
 * THE IDEA: a pipeline. Actions are executed in rank order, here their order in the list, and pass data on through the task's params. A
 * checkpoint saves those together with the action's own, so the counts and the position can never disagree.
 */
export class TrafficReport extends BackgroundTaskEx<Params> {
  static readonly actions = [CountRequests, RankPaths, WriteReport] satisfies Actions<Params>;
}
