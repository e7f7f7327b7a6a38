import { readFile } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { type BuildOptions, build, type OutputFile, type Plugin } from "esbuild";
import { type FileImports, ImportGraph } from "../../../workspace/import-graph.ts";
import type { BundleRequest, ClassDeclaration } from "../bundle.ts";
import type { LoadProblem } from "../load-problem.ts";
import { type BuildProblem, isBuildFailure, toBuildProblem } from "./build-problem.ts";
import { classDeclarations } from "./class-declarations.ts";
import { Influences } from "./influences.ts";
import { markThrows } from "./mark-throws.ts";
import { moduleName } from "./module-name.ts";
import { packageImports } from "./package-imports.ts";
import { SOURCE_LOCATION_NAMES, sourceLocations, withLocation } from "./source-location.ts";

/** A file of a bundle; the path is relative to the bundle's directory. */
export interface Output {
  readonly path: string;
  readonly contents: Uint8Array;
}

export interface BuiltModules {
  /** The task files that could be bundled. */
  readonly taskFiles: readonly string[];
  /** The module of each of them, relative to the bundle's directory. */
  readonly modules: readonly string[];
  /** Modules and source maps. */
  readonly outputs: readonly Output[];
  readonly declarations: readonly ClassDeclaration[];
  readonly imports: readonly FileImports[];
  readonly problems: readonly LoadProblem[];
  readonly influences: Influences;
}

/** Bundles the task files in a single build, so that shared modules stay shared. Omits files with a problem. */
export async function buildModules(request: BundleRequest): Promise<BuiltModules> {
  const problems: LoadProblem[] = [];
  // Over all attempts: the imports of a file are known even if something in it cannot be bundled.
  const graph = new ImportGraph();
  let taskFiles = request.taskFiles;
  for (;;) {
    const attempt = await tryBuild(request, taskFiles, graph);
    if (!("failed" in attempt)) return { ...attempt, taskFiles, imports: graph.files(), problems };
    const blamed = blame(attempt.failed, graph, taskFiles);
    const refused = blamed.length > 0 ? blamed : await refusedAlone(request, taskFiles, { failed: attempt.failed, graph });
    problems.push(...refused);
    const lost = new Set(refused.flatMap((problem) => problem.taskFiles ?? []));
    taskFiles = taskFiles.filter((file) => !lost.has(file));
  }
}

type Attempt = Omit<BuiltModules, "taskFiles" | "imports" | "problems"> | { readonly failed: readonly BuildProblem[] };

async function tryBuild(request: BundleRequest, taskFiles: readonly string[], graph: ImportGraph): Promise<Attempt> {
  const { workspace, cacheDirectory, enginePackage } = request;
  const influences = new Influences();
  const declarations: ClassDeclaration[] = [];
  const sources = readSources((file, contents, text) => {
    influences.source(file, contents);
    declarations.push(...classDeclarations(file, text));
  });
  // Only its depth matters: source maps name the sources relative to it.
  const outdir = join(cacheDirectory, "bundle");
  try {
    const result = await build({
      ...OPTIONS,
      absWorkingDir: workspace,
      entryPoints: taskFiles.map((file) => ({ in: file, out: moduleName(workspace, file) })),
      outdir,
      plugins: [sourceLocations, packageImports({ enginePackage, graph, influences }), sources],
    });
    return {
      modules: taskFiles.map((file) => `${moduleName(workspace, file)}.mjs`),
      outputs: finished(result.outputFiles).map(({ path, contents }) => ({ path: relative(outdir, path), contents })),
      declarations: declarations.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1)),
      influences,
    };
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    return { failed: error.errors.map((message) => toBuildProblem(message, workspace)) };
  }
}

const OPTIONS = {
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  // The conditions that Node itself uses, so that a package is not loaded twice in different forms.
  conditions: process.features.require_module ? ["node-addons", "module-sync"] : ["node-addons"],
  mainFields: ["main"],
  write: false,
  outExtension: { ".js": ".mjs" },
  chunkNames: "chunks/[name]-[hash]",
  assetNames: "assets/[name]-[hash]",
  sourcemap: "linked",
  sourcesContent: false,
  keepNames: true,
  define: SOURCE_LOCATION_NAMES,
  banner: { js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);' },
  charset: "utf8",
  legalComments: "none",
  logLevel: "silent",
  logLimit: 0,
} satisfies BuildOptions & { write: false };

/** Adds to modules and their source maps what only complete modules can have. */
function finished(files: readonly OutputFile[]): Output[] {
  const maps = new Map(files.filter(({ path }) => path.endsWith(".map")).map((file) => [file.path, file]));
  return files.flatMap((file): readonly Output[] => {
    const map = maps.get(`${file.path}.map`);
    if (!map) return file.path.endsWith(".map") ? [] : [file];
    const marked = markThrows({ text: file.text, map: map.text });
    return [
      { path: file.path, contents: Buffer.from(marked.text) },
      { path: map.path, contents: Buffer.from(marked.map) },
    ];
  });
}

/** Reads the sources itself, so that what is remembered about them is what was bundled, even if they change in the meantime. */
function readSources(onSource: (file: string, contents: Uint8Array, text: string) => void): Plugin {
  return {
    name: "sources",
    setup(build) {
      build.onLoad({ filter: /.*/, namespace: "file" }, async ({ path }) => {
        const contents = await readFile(path);
        const isText = /\.(?:[mc]?[jt]s|[jt]sx)$/.test(basename(path));
        const text = isText ? contents.toString("utf8") : "";
        onSource(path, contents, text);
        return { contents: isText ? withLocation(path, text) : contents, loader: "default" };
      });
    },
  };
}

/** Returns the problems with a position, each with the task files that need the file at fault. */
function blame(failed: readonly BuildProblem[], graph: ImportGraph, taskFiles: readonly string[]): LoadProblem[] {
  return failed.flatMap(({ file, ...problem }) => {
    if (file === undefined) return [];
    const dependents = graph.dependents(file);
    const affected = taskFiles.filter((taskFile) => dependents.has(taskFile));
    return affected.length > 0 ? [{ ...problem, file, taskFiles: affected }] : [];
  });
}

/** If no message says which file is at fault: the files that cannot be built alone, or else all of them together. */
async function refusedAlone(
  request: BundleRequest,
  taskFiles: readonly string[],
  { failed, graph }: { readonly failed: readonly BuildProblem[]; readonly graph: ImportGraph },
): Promise<LoadProblem[]> {
  const problems: LoadProblem[] = [];
  for (const taskFile of taskFiles) {
    const attempt = await tryBuild(request, [taskFile], graph);
    if ("failed" in attempt)
      for (const problem of attempt.failed) problems.push({ ...problem, file: problem.file ?? taskFile, taskFiles: [taskFile] });
  }
  if (problems.length > 0) return problems;
  const message = failed.map((problem) => problem.message).join(" ");
  return taskFiles.map((file) => ({ file, message, during: "build", taskFiles: [file] }));
}
