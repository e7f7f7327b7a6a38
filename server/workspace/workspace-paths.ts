import { realpathSync } from "node:fs";
import { sep } from "node:path";

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

/** The path itself where nothing is. */
export function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}

function replaceStart(path: string, start: string, replacement: string): string {
  return start !== replacement && path.startsWith(start + sep) ? replacement + path.slice(start.length) : path;
}
