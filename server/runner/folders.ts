import { basename, isAbsolute, relative, resolve, sep } from "node:path";
import { URI } from "vscode-uri";
import { InputError } from "../service/index.ts";
import type { FolderPlace } from "./folder/folder-host.ts";
import type { FolderRunner } from "./folder/folder-runner.ts";

/** The workspace folders of the window, each with its runner. */
export class Folders {
  readonly #make: (place: FolderPlace) => Promise<FolderRunner>;
  readonly #dropped: (folder: FolderRunner) => void;
  readonly #folders = new Map<string, Promise<FolderRunner>>();

  constructor(options: { readonly make: (place: FolderPlace) => Promise<FolderRunner>; readonly dropped: (folder: FolderRunner) => void }) {
    this.#make = options.make;
    this.#dropped = options.dropped;
  }

  /** Ignores folders that are not on this machine's disk. */
  add({ uri, name }: { readonly uri: string; readonly name?: string }): void {
    const parsed = URI.parse(uri);
    if (parsed.scheme !== "file" || this.#folders.has(uri)) return;
    this.#folders.set(uri, this.#make({ uri, directory: resolve(parsed.fsPath), ...(name !== undefined && { name }) }));
  }

  /** @param graceMs milliseconds for its running action to pause on its own. */
  async remove(uri: string, graceMs: number): Promise<void> {
    const folder = await this.#folders.get(uri);
    this.#folders.delete(uri);
    if (!folder) return;
    await folder.stop(graceMs);
    this.#dropped(folder);
  }

  all(): Promise<FolderRunner[]> {
    return Promise.all(this.#folders.values());
  }

  /** Finds a folder by its URI, path or name; without one, the only folder. @throws InputError */
  async get(named: string | undefined): Promise<FolderRunner> {
    const all = await this.all();
    const [only, ...others] = named === undefined ? all : all.filter((folder) => isNamed(folder, named));
    if (only && others.length === 0) return only;
    if (all.length === 0) throw new InputError("No folder is open. Open the folder that has the task files.");
    const names = all.map(({ place }) => place.uri).join(", ");
    if (named === undefined) throw new InputError(`Several folders are open. Specify one with "folder": ${names}.`);
    throw new InputError(
      only ? `Several folders are named ${named}: ${names}.` : `There is no open folder ${named}. Open folders: ${names}.`,
    );
  }

  /** The innermost folder that contains a file. */
  async containing(file: string): Promise<FolderRunner | undefined> {
    const around = (await this.all()).filter(({ directory }) => isInside(directory, file));
    return around.toSorted((a, b) => b.directory.length - a.directory.length)[0];
  }
}

function isNamed({ place }: FolderRunner, named: string): boolean {
  return (
    named === place.uri ||
    resolve(named) === place.directory ||
    named === (place.name ?? basename(place.directory)) ||
    isSameUri(named, place.uri)
  );
}

/** Clients differ in how they escape URIs. */
function isSameUri(a: string, b: string): boolean {
  return a.startsWith("file:") && URI.parse(a).toString() === URI.parse(b).toString();
}

function isInside(directory: string, file: string): boolean {
  const path = relative(directory, file);
  return path !== "" && path !== ".." && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}
