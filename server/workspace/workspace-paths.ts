import { realpathSync } from "node:fs";
import { basename, dirname, join, sep } from "node:path";

/**
 * Maps paths of a workspace folder that may be opened through a link. Node and bundlers use real paths; users, editors and reports use
 * paths that start with the folder's name as it was given.
 */
export class WorkspacePaths {
  readonly realWorkspace: string;
  readonly #workspace: string;

  constructor(workspace: string) {
    this.#workspace = workspace;
    this.realWorkspace = realPath(workspace);
  }

  toReal(path: string): string {
    return replaceStart(path, this.#workspace, this.realWorkspace);
  }

  toKnown(path: string): string {
    return replaceStart(path, this.realWorkspace, this.#workspace);
  }
}

/** The part of the path that does not exist yet is used as it is. */
export function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return dirname(path) === path ? path : join(realPath(dirname(path)), basename(path));
  }
}

function replaceStart(path: string, start: string, replacement: string): string {
  return start !== replacement && path.startsWith(start + sep) ? replacement + path.slice(start.length) : path;
}
