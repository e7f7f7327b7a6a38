import { mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { ExportedClass } from "../../service/service-options.ts";
import { findTaskFiles } from "../../workspace/find-task-files.ts";
import type { FileImports } from "../../workspace/import-graph.ts";
import { WorkspacePaths } from "../../workspace/workspace-paths.ts";
import { type CaptureError, createErrorCapture, rememberThrownPlaces } from "../error-capture/index.ts";
import type { Bundle, BundleRequest } from "./bundle.ts";
import { ExportedClasses } from "./exported-classes.ts";
import { ImportProblems } from "./import-problems.ts";
import type { LoadProblem } from "./load-problem.ts";
import { readKeptBundle } from "./manifest.ts";

export interface LoadOptions {
  /** Absolute path of the workspace folder. */
  readonly workspace: string;
  /** Glob patterns of task files. */
  readonly include: readonly string[];
  /** The directory of bundles; created on demand. */
  readonly cacheDirectory: string;
  /** The entry module of the engine's own package, for task files that cannot find one. Default: beside the running code. */
  readonly enginePackage?: string;
  /** Problems of task files known from an earlier attempt; files in their `taskFiles` are not imported again. */
  readonly unusable?: readonly LoadProblem[];
  /** User code is executed only once this has resolved, and not at all if it rejects. */
  readonly ready?: Promise<void>;
  /** Called just before each task file is imported: it is responsible for whatever happens to the process next. */
  readonly onImport?: (file: string) => void;
  /** Called just after, also if it failed. */
  readonly onImported?: (file: string) => void;
  /** Default: created for this workspace. */
  readonly captureError?: CaptureError;
}

export interface LoadedClasses {
  readonly classes: readonly ExportedClass[];
  /** Which source imports which, excluding packages. Absolute paths. */
  readonly imports: readonly FileImports[];
  readonly problems: readonly LoadProblem[];
  /** Where a class is declared, according to a simple scan. The line is 1-based. */
  sourceOf(className: string): { readonly file: string; readonly line: number } | undefined;
}

/** Frames of libraries lie between the position of an error and the user's own code. */
const STACK_DEPTH = 50;

/**
 * Loads the classes exported by the task files of a workspace, one file after the other in a fixed order. A file that fails to load never
 * stops the others. Executes user code: only for workers.
 */
export async function loadTaskClasses(options: LoadOptions): Promise<LoadedClasses> {
  const { workspace, include, cacheDirectory, unusable = [], ready, onImport, onImported } = options;
  const captureError = options.captureError ?? createErrorCapture({ workspace, cacheDirectory });
  const taskFiles = await findTaskFiles(workspace, include);
  const bundle = taskFiles.length > 0 ? await bundleOf(taskFiles, options) : NOTHING;

  rememberThrownPlaces();
  Error.stackTraceLimit = Math.max(Error.stackTraceLimit, STACK_DEPTH);
  const skipped = new Set(unusable.flatMap((problem) => problem.taskFiles ?? [problem.file]));
  const classes = new ExportedClasses(bundle.declarations);
  const failures = new ImportProblems(captureError);
  await ready;
  for (const { file, module } of bundle.taskFiles) {
    if (skipped.has(file)) continue;
    onImport?.(file);
    try {
      classes.add(file, await imported(file, module, onImported));
    } catch (thrown) {
      failures.add(file, thrown);
    }
  }
  return {
    classes: classes.found(),
    imports: bundle.imports,
    problems: [...bundle.problems, ...unusable, ...failures.problems()],
    sourceOf: (name) => classes.declarationOf(name),
  };
}

async function imported(file: string, module: string, onImported: LoadOptions["onImported"]): Promise<object> {
  try {
    return await import(pathToFileURL(module).href);
  } finally {
    onImported?.(file);
  }
}

const NOTHING: Bundle = { taskFiles: [], declarations: [], imports: [], problems: [] };

/** Everything in the bundle uses real paths; everything reported about it uses the workspace's known name. */
async function bundleOf(taskFiles: readonly string[], options: LoadOptions): Promise<Bundle> {
  const paths = new WorkspacePaths(options.workspace);
  const request: BundleRequest = {
    workspace: paths.realWorkspace,
    taskFiles: taskFiles.map((file) => paths.toReal(file)),
    cacheDirectory: prepared(options.cacheDirectory),
    enginePackage: options.enginePackage ?? fileURLToPath(new URL("./index.js", import.meta.url)),
  };
  const bundle = readKeptBundle(request) ?? (await (await import("./bundling/index.ts")).makeBundle(request));
  return {
    taskFiles: bundle.taskFiles.map(({ file, module }) => ({ file: paths.toKnown(file), module })),
    declarations: bundle.declarations.map((declaration) => ({ ...declaration, file: paths.toKnown(declaration.file) })),
    imports: bundle.imports.map(({ file, imports }) => ({ file: paths.toKnown(file), imports: imports.map((one) => paths.toKnown(one)) })),
    problems: bundle.problems.map((problem) => ({
      ...problem,
      file: paths.toKnown(problem.file),
      taskFiles: (problem.taskFiles ?? []).map((file) => paths.toKnown(file)),
    })),
  };
}

/** Returns the directory's real path once it exists; nothing in it is for version control, or for other users. */
function prepared(cacheDirectory: string): string {
  try {
    return realpathSync.native(cacheDirectory);
  } catch {
    mkdirSync(cacheDirectory, { recursive: true, mode: 0o700 });
    writeFileSync(join(cacheDirectory, ".gitignore"), "*\n");
    return realpathSync.native(cacheDirectory);
  }
}
