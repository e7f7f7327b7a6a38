import { readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { realPath, WorkspacePaths } from "../../workspace/workspace-paths.ts";
import { MappedBundle } from "./mapped-bundle.ts";
import type { SourcePosition } from "./source-position.ts";

export interface BundlePositionsOptions {
  /** The directory of the task files' bundles. */
  readonly cacheDirectory: string;
  /** The workspace folder as users know it; sources are named relative to it even if it is a link. */
  readonly workspace?: string;
}

/** Maximum number of source maps kept at a time. A worker needs one per file with errors, a long-lived runner a few of each build. */
const KEPT = 64;

/** Maps positions in bundles to the user's sources. Source maps are read on demand. */
export class BundlePositions {
  /** The directory's names as prefixes of URLs and of paths, each ending with a separator. */
  readonly prefixes: readonly string[];
  readonly #bundles = new Map<string, MappedBundle | undefined>();
  readonly #paths: WorkspacePaths | undefined;

  constructor({ cacheDirectory, workspace }: BundlePositionsOptions) {
    // Node names modules by their real paths.
    const directories = [...new Set([cacheDirectory, realPath(cacheDirectory)])];
    this.prefixes = directories.flatMap((directory) => [pathToFileURL(join(directory, sep)).href, directory + sep]);
    if (workspace !== undefined) this.#paths = new WorkspacePaths(workspace);
  }

  /**
   * @param location path or `file:` URL of a bundle; line and column are 1-based, as in stack traces.
   * @returns `undefined` if it is not a bundle, or the position corresponds to no source.
   */
  source(location: string, line: number, column: number): SourcePosition | undefined {
    if (!this.isBundle(location)) return undefined;
    const found = this.#bundle(location)?.source(line, column);
    return found && { ...found, file: this.#paths?.toKnown(found.file) ?? found.file };
  }

  isBundle(location: string): boolean {
    return this.prefixes.some((prefix) => location.startsWith(prefix));
  }

  #bundle(location: string): MappedBundle | undefined {
    if (!this.#bundles.has(location)) {
      const [oldest] = this.#bundles.keys();
      if (oldest !== undefined && this.#bundles.size >= KEPT) this.#bundles.delete(oldest);
      this.#bundles.set(location, readBundle(location));
    }
    return this.#bundles.get(location);
  }
}

function readBundle(location: string): MappedBundle | undefined {
  try {
    const file = location.startsWith("file:") ? fileURLToPath(location) : location;
    return new MappedBundle(readFileSync(file, "utf8"), readFileSync(`${file}.map`, "utf8"), pathToFileURL(`${file}.map`).href);
  } catch {
    return undefined;
  }
}
