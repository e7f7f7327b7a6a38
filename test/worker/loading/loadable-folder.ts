import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { type LoadedClasses, type LoadOptions, loadTaskClasses } from "../../../server/worker/loading/index.ts";
import { cacheDirectory, DEFAULT_INCLUDE } from "../../../server/workspace/index.ts";

/** A workspace folder with files of its own, in a temporary directory. */
export class TestWorkspace {
  readonly path: string;
  readonly #home: string;

  private constructor(home: string, name: string) {
    this.#home = home;
    this.path = join(home, name);
  }

  static async create(files: Readonly<Record<string, string>> = {}, name = "workspace"): Promise<TestWorkspace> {
    const workspace = new TestWorkspace(await realpath(await mkdtemp(join(tmpdir(), "background-tasks-"))), name);
    await mkdir(workspace.path);
    await workspace.write(files);
    return workspace;
  }

  get cache(): string {
    return cacheDirectory(this.path);
  }

  async write(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(this.file(name)), { recursive: true });
      await writeFile(this.file(name), text);
    }
  }

  file(name: string): string {
    return join(this.path, name);
  }

  load(options: Partial<LoadOptions> = {}): Promise<LoadedClasses> {
    return loadTaskClasses({
      workspace: this.path,
      include: DEFAULT_INCLUDE,
      cacheDirectory: this.cache,
      enginePackage: shippedEngine,
      ...options,
    });
  }

  async remove(): Promise<void> {
    await rm(this.#home, { recursive: true, force: true });
  }
}

/** The engine's package as it ships. */
export const shippedEngine = resolve(process.env.DIST ?? "dist", "index.js");
