import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { InputError } from "../service/input-error.ts";
import { parentsOf } from "./parents-of.ts";

/** By any of these a directory is known as a store. */
const ENTRIES = ["tasks.jsonl", "inbox", "tick.lock", "history.jsonl"];
/** What a directory may contain that becomes a store: what this program makes first, and what file systems put into a new volume. */
const HARMLESS = new Set([".gitignore", "cache", ".cache", "lost+found"]);

/**
 * Returns the absolute path of the store that a user named. A store puts files and a `.gitignore` for everything into its directory, so it
 * must have one for itself.
 *
 * @throws InputError if it cannot be one.
 */
export function namedStore(named: string): string {
  const directory = resolve(named);
  const stats = statSync(directory, { throwIfNoEntry: false });
  if (stats && !stats.isDirectory()) throw new InputError(`The store ${directory} is not a directory. Name another one with --store.`);
  const outer = parentsOf(directory).find(isStore);
  if (outer !== undefined)
    throw new InputError(`The store ${directory} would be inside another one, ${outer}. Name a directory outside it.`);
  if (stats && !isStore(directory)) {
    const other = readdirSync(directory).find((name) => !HARMLESS.has(name));
    if (other !== undefined) {
      throw new InputError(
        `The directory ${directory} is not a store, and contains other files, such as ${other}. Name an empty directory, or one to create, with --store.`,
      );
    }
  }
  return directory;
}

function isStore(directory: string): boolean {
  return ENTRIES.some((name) => existsSync(join(directory, name)));
}
