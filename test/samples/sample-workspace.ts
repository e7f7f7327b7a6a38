import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cp, readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import type { HistoryEntryJson, HistoryJson } from "../../server/json/history-json.ts";
import type { TickJson } from "../../server/json/tick-json.ts";
import { TaskFolder } from "../support/task-folder.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";

/** Tests are run there. */
export const repository = process.cwd();
export const dist = process.env.DIST ?? join(repository, "dist");

const NOT_COPIED = new Set(["data", "results", ".background-tasks"]);
const MOST_TICKS = 500;

/** A copy of sample-tasks outside of the repository, with freshly made data, in the hands of the real command line. */
export class SampleWorkspace extends TaskFolder {
  static async create(): Promise<SampleWorkspace> {
    const workspace = new SampleWorkspace(makeTemporaryDirectory());
    const filter = (source: string) => !NOT_COPIED.has(basename(source));
    await cp(join(repository, "sample-tasks"), workspace.directory, { recursive: true, filter });
    const { code } = await ended(spawn(process.execPath, [workspace.path("make-data.mjs")], { stdio: ["ignore", "pipe", "inherit"] }));
    assert.equal(code, 0);
    return workspace;
  }

  async names(...segments: readonly string[]): Promise<readonly string[]> {
    return (await readdir(this.path(...segments))).sort();
  }

  /** The command as a process of its own; its JSON comes on standard output. */
  spawn(...args: readonly string[]) {
    const command = [join(dist, "cli.js"), ...args, "--workspace", this.directory, "--json"];
    return spawn(process.execPath, command, { stdio: ["ignore", "pipe", "pipe"] });
  }

  async run<Document>(...args: readonly string[]): Promise<{ readonly code: number | null; readonly json: Document }> {
    const child = this.spawn(...args);
    const [{ code, output }, messages] = await Promise.all([ended(child), text(child.stderr)]);
    assert.ok(output.startsWith("{"), `background-tasks ${args.join(" ")} printed no JSON, ended with ${code} and said: ${messages}`);
    return { code, json: JSON.parse(output) };
  }

  /** Returns the new task's id. */
  async create(className: string, params: object): Promise<string> {
    return (await this.run<{ id: string }>("create", className, "--params", JSON.stringify(params))).json.id;
  }

  /**
   * Ticks of so many seconds until the task is in the history; of more, where the machine is too busy to begin in that time. Returns
   * those that worked on something.
   */
  async tickUntilEnded(id: string, seconds: number): Promise<{ readonly ticks: readonly TickJson[]; readonly entry: HistoryEntryJson }> {
    const ticks: TickJson[] = [];
    for (let budget = seconds; ticks.length < MOST_TICKS; ) {
      const { code, json } = await this.run<TickJson>("tick", "--max-execution-time", String(budget));
      assert.ok(code === 0 || code === 1, `the tick ended with ${code}`);
      if (json.tasks.length === 0) budget *= 2;
      else ticks.push(json);
      if (!json.tasks.some((task) => task.id === id && task.status === "finished")) continue;
      const entry = (await this.run<HistoryJson>("history")).json.entries.find((candidate) => candidate.id === id);
      assert.ok(entry, `task ${id} has finished and is not in the history`);
      return { ticks, entry };
    }
    throw new Error(`Task ${id} did not end in ${MOST_TICKS} ticks.`);
  }

  /** Starts a long tick and kills it, as `kill -9` does, as soon as `begun` says that there is something to interrupt. */
  async killTickOnce(begun: () => Promise<boolean>): Promise<void> {
    const child = this.spawn("tick", "--max-execution-time", "600");
    const exit = ended(child);
    while (child.exitCode === null && !(await begun())) await delay(2);
    assert.equal(child.exitCode, null, "the tick was over before it could be killed");
    child.kill("SIGKILL");
    await exit;
  }
}

async function ended(child: ReturnType<typeof spawn>): Promise<{ readonly code: number | null; readonly output: string }> {
  const code = new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
  const output = child.stdout ? text(child.stdout) : "";
  return { code: await code, output: await output };
}

/** Of the only line with that text; 1-based. */
export async function lineOf(file: string, marker: string): Promise<number> {
  const lines = (await readFile(file, "utf8")).split("\n");
  const found = lines.flatMap((line, index) => (line.includes(marker) ? [index + 1] : []));
  assert.equal(found.length, 1, `“${marker}” is in ${found.length} lines of ${file}`);
  return found[0] as number;
}
