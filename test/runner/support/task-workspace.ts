import { execFile } from "node:child_process";
import { rename } from "node:fs/promises";
import { promisify } from "node:util";
import { TaskFolder } from "../../support/task-folder.ts";
import { makeTemporaryDirectory } from "../../support/temporary-directory.ts";
import { cliPath } from "./runner-client.ts";

/** What every task file in these tests begins with. */
const IMPORTS = `import { BackgroundTaskEx, BackgroundTaskExAction, backoff, cron, every, type Deadline } from "background-task-ex";
import { appendFileSync, existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
`;

/** A workspace folder with task files of its own, and the command line on it. */
export class TaskWorkspace extends TaskFolder {
  static async create(files: Readonly<Record<string, string>> = {}): Promise<TaskWorkspace> {
    const workspace = new TaskWorkspace(makeTemporaryDirectory(), IMPORTS);
    await workspace.writeAll(files);
    return workspace;
  }

  /** What is in a file; nothing where there is none. */
  override read(...segments: readonly string[]): Promise<string> {
    return super.read(...segments).catch(() => "");
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
    return new TaskWorkspace(directory, IMPORTS);
  }
}

/** 0-based line, in a task file that was written from the text, of the first line that contains `part`. */
export function lineIn(text: string, part: string): number {
  const line = (IMPORTS + text).split("\n").findIndex((candidate) => candidate.includes(part));
  if (line < 0) throw new Error(`No line contains ${part}.`);
  return line;
}
