import { realpathSync } from "node:fs";
import { basename, dirname, join, sep } from "node:path";

/**
 * A workspace folder may be opened through a link. Node and bundlers name files by their real paths; people, editors and reports by
 * those that begin with the folder's name as it was given.
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

/** What of the path is not there yet is taken as it is named. */
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
