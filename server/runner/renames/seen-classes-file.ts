import { randomUUID } from "node:crypto";
import * as nodeFs from "node:fs";
import { readFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { writeFileAtomically } from "../../store/disk/durable-file.ts";
import { cacheDirectory } from "../../workspace/index.ts";
import { isSeenClass, type SeenClass } from "./seen-class.ts";

/**
 * Stores the classes last seen for the runner of a later session: in the cache, because losing it only loses the offer to reassign tasks.
 * Does not create a cache.
 */
export class SeenClassesFile {
  readonly #workspace: string;
  readonly #cache: string;
  readonly #path: string;
  #content = "";

  constructor(workspace: string) {
    this.#workspace = workspace;
    this.#cache = cacheDirectory(workspace);
    this.#path = join(this.#cache, "seen-classes.json");
  }

  /** Empty if the file does not exist or is damaged. */
  async read(): Promise<readonly SeenClass[]> {
    try {
      this.#content = await readFile(this.#path, "utf8");
      const { classes }: { readonly classes?: unknown } = JSON.parse(this.#content);
      const seen = Array.isArray(classes) ? classes.filter(isSeenClass) : [];
      return seen.map((found) => ({ ...found, file: resolve(this.#workspace, found.file) }));
    } catch {
      return [];
    }
  }

  /** Writes only changes. */
  async write(seen: readonly SeenClass[]): Promise<void> {
    // Relative, so that a workspace can be moved.
    const classes = seen.map((found) => ({ ...found, file: relative(this.#workspace, found.file) }));
    const content = `${JSON.stringify({ classes })}\n`;
    if (content === this.#content) return;
    this.#content = content;
    try {
      // Bundles with names that start like this are removed by age, including one left by a killed process.
      const temporary = join(this.#cache, `new-${randomUUID()}.json`);
      await writeFileAtomically(nodeFs, { path: this.#path, temporary, content, durable: false });
    } catch {
      // No cache, or no space in it: the next scan tries again.
      this.#content = "";
    }
  }
}
