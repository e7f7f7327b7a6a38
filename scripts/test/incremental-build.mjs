import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { context } from "esbuild";
import { bundleOptions } from "../bundle.mjs";
import { entryPointsFor } from "./node-suites.mjs";
import { suiteOf } from "./suites.mjs";

/** Test files that are built again and again, and what each of them was built from. */
export class IncrementalBuild {
  #root;
  #directory;
  #files;
  #context;
  /** Of each entry point: the sources it was built from, and its code. */
  #built = new Map();

  /** @param build relative to the root. */
  static async create(root, build, files) {
    const directory = join(root, build);
    await rm(directory, { recursive: true, force: true });
    const options = { outbase: ".", metafile: true };
    return new IncrementalBuild(
      root,
      directory,
      files,
      await context(bundleOptions(root, directory, entryPointsFor(root, files), options)),
    );
  }

  constructor(root, directory, files, buildContext) {
    this.#root = root;
    this.#directory = directory;
    this.#files = files;
    this.#context = buildContext;
  }

  /** Returns true if there were no errors; esbuild has printed any. */
  async run() {
    try {
      const { metafile } = await this.#context.rebuild();
      this.#built = builtOf(this.#root, metafile.outputs);
      return true;
    } catch {
      return false;
    }
  }

  /** The test files that a change of a file may make pass or fail. `path`: relative to the root, with `/` between its parts. */
  concernedBy(path) {
    const isBundled = [...this.#built.values()].some(({ inputs }) => inputs.has(path));
    return this.#files.filter((file) => {
      const { inputs, code } = this.#built.get(file) ?? { inputs: new Set([file]), code: "" };
      if (inputs.has(path) || this.#programsOf(file).some((program) => this.#built.get(program)?.inputs.has(path))) return true;
      if (isSource(path)) return usesDist(code);
      if (isBundled || path.endsWith(".test.ts")) return false;
      // What is read at run time: fixtures of the suite, pages, samples.
      if (path.startsWith("test/")) return suiteOf(path) === suiteOf(file);
      return code.includes(path.split("/")[0]);
    });
  }

  /** Whether one of the files runs what is in dist/. */
  usesDist(files) {
    return files.some((file) => usesDist(this.#built.get(file)?.code ?? ""));
  }

  /** Whether one of the files compiles something against the package's declarations. */
  usesDeclarations(files) {
    return files.some((file) => /index\.d\.ts|bin\/tsc/.test(this.#built.get(file)?.code ?? ""));
  }

  async dispose() {
    await this.#context.dispose();
    await rm(this.#directory, { recursive: true, force: true });
  }

  #programsOf(file) {
    return [...this.#built.keys()].filter((entry) => entry.endsWith(".program.ts") && suiteOf(entry) === suiteOf(file));
  }
}

/** Whether dist/ is made from it. */
export function isSource(path) {
  return /^(server|client)\//.test(path);
}

function usesDist(code) {
  return code.includes("process.env.DIST");
}

function builtOf(root, outputs) {
  const entries = Object.entries(outputs).filter(([, { entryPoint }]) => entryPoint);
  return new Map(
    entries.map(([output, { entryPoint }]) => {
      const parts = partsOf(outputs, output);
      return [
        entryPoint,
        {
          inputs: new Set(parts.flatMap((part) => Object.keys(outputs[part].inputs))),
          code: parts.map((part) => readFileSync(join(root, part), "utf8")).join("\n"),
        },
      ];
    }),
  );
}

/** An output and all that it imports. */
function partsOf(outputs, output, seen = new Set()) {
  if (!outputs[output] || seen.has(output)) return [];
  seen.add(output);
  return [output, ...outputs[output].imports.flatMap(({ path }) => partsOf(outputs, path, seen))];
}
