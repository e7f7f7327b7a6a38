import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { cliPath } from "./runner-client.ts";

/** What every task file in these tests begins with. */
const IMPORTS = `import { BackgroundTaskEx, BackgroundTaskExAction, backoff, cron, every, type Deadline } from "background-task-ex";
import { appendFileSync, existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
`;

/** A workspace folder with task files of its own. */
export class TaskWorkspace {
  private constructor(readonly directory: string) {}

  static async create(files: Readonly<Record<string, string>> = {}): Promise<TaskWorkspace> {
    const workspace = new TaskWorkspace(await mkdtemp(join(tmpdir(), "background-tasks-runner-")));
    for (const [name, text] of Object.entries(files)) await workspace.write(name, text);
    return workspace;
  }

  /** A task file gets the imports that all of them need, on lines of their own before the text. */
  async write(name: string, text: string): Promise<void> {
    const path = this.path(name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, name.endsWith(".task.ts") ? IMPORTS + text : text);
  }

  /** What is in a file; nothing where there is none. */
  async read(name: string): Promise<string> {
    return readFile(this.path(name), "utf8").catch(() => "");
  }

  path(name: string): string {
    return join(this.directory, name);
  }

  /** The command line as it ships, in a process of its own. Resolves to what it prints, also when an action failed. */
  async cli(...args: string[]): Promise<string> {
    const command = [cliPath, "--workspace", this.directory, ...args];
    const { stdout } = await promisify(execFile)(process.execPath, command).catch((error: { code?: number; stdout?: string }) => {
      if (error.code !== 1) throw error;
      return { stdout: error.stdout ?? "" };
    });
    return stdout;
  }

  /** The same at another place. */
  async moved(): Promise<TaskWorkspace> {
    const directory = `${this.directory}-moved`;
    await rename(this.directory, directory);
    return new TaskWorkspace(directory);
  }

  async dispose(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** 0-based line, in a task file that was written from the text, of the first line that contains `part`. */
export function lineIn(text: string, part: string): number {
  const line = (IMPORTS + text).split("\n").findIndex((candidate) => candidate.includes(part));
  if (line < 0) throw new Error(`No line contains ${part}.`);
  return line;
}
