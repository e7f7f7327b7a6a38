import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { removeDirectory } from "./temporary-directory.ts";

/** A folder with task files of its own, for a test. What a suite does with it is in a class of the suite that extends this one. */
export class TaskFolder {
  /** Absolute path. */
  readonly directory: string;
  readonly #beginning: string;

  /** @param beginning what every task file begins with, before the text that a test gives it: the imports that all of them need. */
  constructor(directory: string, beginning = "") {
    this.directory = directory;
    this.#beginning = beginning;
  }

  path(...segments: readonly string[]): string {
    return join(this.directory, ...segments);
  }

  read(...segments: readonly string[]): Promise<string> {
    return readFile(this.path(...segments), "utf8");
  }

  /** @param name may contain folders. */
  async write(name: string, text: string): Promise<void> {
    const path = this.path(name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, name.endsWith(".task.ts") ? this.#beginning + text : text);
  }

  /** @param files texts by name. */
  async writeAll(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, text] of Object.entries(files)) await this.write(name, text);
  }

  async remove(): Promise<void> {
    await removeDirectory(this.directory);
  }
}
