import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
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

  async load(options: Partial<LoadOptions> = {}): Promise<LoadedClasses> {
    return loadTaskClasses({
      workspace: this.path,
      include: DEFAULT_INCLUDE,
      cacheDirectory: this.cache,
      enginePackage: await engineForTests(),
      ...options,
    });
  }

  async remove(): Promise<void> {
    await rm(this.#home, { recursive: true, force: true });
  }
}

const here = dirname(fileURLToPath(import.meta.url));
let engine: Promise<string> | undefined;

/** The engine's package as it is shipped, as far as task files need it. */
export function engineForTests(): Promise<string> {
  engine ??= built("server/authoring/index.ts", join(here, "engine", "index.js"));
  return engine;
}

let program: Promise<string> | undefined;

/** A program of its own that loads a workspace and prints what came of it. */
export function loadProgram(): Promise<string> {
  program ??= built("test/worker/loading/load-program.ts", join(here, "load-program", "main.js"));
  return program;
}

async function built(source: string, output: string): Promise<string> {
  await build({
    entryPoints: { [output.slice(dirname(output).length + 1, -3)]: source },
    outdir: dirname(output),
    bundle: true,
    splitting: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20.19",
    keepNames: true,
    logLevel: "warning",
  });
  return output;
}
