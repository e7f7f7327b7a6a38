import { readFileSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { dependencies, version } from "../../../package.json";
import type { FileImports } from "../../workspace/import-graph.ts";
import type { Bundle, BundleRequest, ClassDeclaration } from "./bundle.ts";
import { type Facts, factsHold } from "./facts.ts";

const MANIFEST_NAME = "manifest.json";
/** Increase this whenever the same sources produce a different bundle. */
const FORMAT = 4;

/** Bytes of each file of a bundle, by its path in the bundle's directory. */
export type FileSizes = Readonly<Record<string, number>>;

/** What is remembered about the newest bundle of a workspace. Only bundles without problems are remembered. */
export interface Manifest {
  readonly madeBy: string;
  /** The request that the bundle was built for. */
  readonly request: BundleRequest;
  /** The name of the bundle's directory. */
  readonly directory: string;
  readonly sizes: FileSizes;
  /** The module of each task file, relative to that directory. */
  readonly modules: readonly string[];
  readonly declarations: readonly ClassDeclaration[];
  readonly imports: readonly FileImports[];
  readonly facts: Facts;
}

/** What determines a bundle besides its inputs. */
export function maker(): string {
  const conditions = process.features.require_module ? "module-sync" : "";
  return `format ${FORMAT}, background-task-ex ${version}, esbuild ${dependencies.esbuild} ${conditions}`;
}

export function manifestPath(cacheDirectory: string): string {
  return join(cacheDirectory, MANIFEST_NAME);
}

/** Returns the bundle kept for exactly this request if everything it was built from is unchanged. Does not need esbuild. */
export function readKeptBundle(request: BundleRequest): Bundle | undefined {
  const manifest = readManifest(request.cacheDirectory);
  if (!manifest || manifest.madeBy !== maker() || !isSame(manifest.request, request) || !factsHold(manifest.facts)) return undefined;
  const directory = join(request.cacheDirectory, manifest.directory);
  return touch(directory) && isWhole(directory, manifest.sizes) ? toBundle(manifest, directory) : undefined;
}

/** True if all of a bundle's files are there, which after a power cut they need not be. */
export function isWhole(directory: string, sizes: FileSizes): boolean {
  return Object.entries(sizes).every(([path, size]) => {
    try {
      return statSync(join(directory, path)).size === size;
    } catch {
      return false;
    }
  });
}

function toBundle({ request, modules, declarations, imports }: Manifest, directory: string): Bundle {
  const taskFiles = modules.map((module, index) => ({ file: request.taskFiles[index] ?? "", module: join(directory, module) }));
  return { taskFiles, declarations, imports, problems: [] };
}

function readManifest(cacheDirectory: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(manifestPath(cacheDirectory), "utf8"));
  } catch {
    return undefined;
  }
}

function isSame(one: BundleRequest, other: BundleRequest): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** A directory's modification time records its last use; see `removeOldBundles`. False if it does not exist. */
export function touch(directory: string): boolean {
  try {
    const now = new Date();
    utimesSync(directory, now, now);
    return true;
  } catch (error) {
    return !["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "");
  }
}
