import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type LoadedClasses, type LoadOptions, loadTaskClasses } from "../../../server/worker/loading/index.ts";
import { cacheDirectory, DEFAULT_INCLUDE } from "../../../server/workspace/index.ts";
import { TaskFolder } from "../../support/task-folder.ts";
import { makeTemporaryDirectory, removeDirectory } from "../../support/temporary-directory.ts";

/** A folder of any name with task files of its own, whose classes can be loaded. */
export class LoadableFolder extends TaskFolder {
  readonly #home: string;

  private constructor(home: string, name: string) {
    super(join(home, name));
    this.#home = home;
  }

  static async create(files: Readonly<Record<string, string>> = {}, name = "workspace"): Promise<LoadableFolder> {
    const folder = new LoadableFolder(makeTemporaryDirectory(), name);
    await mkdir(folder.directory);
    await folder.writeAll(files);
    return folder;
  }

  get cache(): string {
    return cacheDirectory(this.directory);
  }

  load(options: Partial<LoadOptions> = {}): Promise<LoadedClasses> {
    return loadTaskClasses({
      workspace: this.directory,
      include: DEFAULT_INCLUDE,
      cacheDirectory: this.cache,
      enginePackage: shippedEngine,
      ...options,
    });
  }

  override async remove(): Promise<void> {
    await removeDirectory(this.#home);
  }
}

/** The engine's package as it ships. */
export const shippedEngine = resolve(process.env.DIST ?? "dist", "index.js");
