import { statSync } from "node:fs";
import { resolve } from "node:path";
import { InputError } from "../service/input-error.ts";
import { storeDirectory } from "../workspace/store-directory.ts";
import { namedStore } from "./named-store.ts";
import { Output } from "./output.ts";

/** Passed to every command. */
export interface Context {
  /** Absolute path of an existing directory. */
  readonly workspace: string;
  /** Absolute path of the store's directory, which may not exist yet. */
  readonly store: string;
  /** Whether the store is the workspace's own, and not one named by the user. */
  readonly hasOwnStore: boolean;
  /** One JSON document goes to `stdout`, everything else to `stderr`. */
  readonly json: boolean;
  readonly stdout: Output;
  readonly stderr: Output;
}

export interface CommonOptions {
  readonly workspace?: string;
  readonly store?: string;
  readonly json?: boolean;
}

/** @throws InputError if the workspace is not a directory, or the store cannot be one. */
export function createContext({ workspace, store, json }: CommonOptions, { stdout, stderr }: StandardStreams): Context {
  const directory = resolve(workspace ?? ".");
  const stats = statSync(directory, { throwIfNoEntry: false });
  if (!stats) throw new InputError(`The directory ${directory} does not exist. Specify an existing one with --workspace.`);
  if (!stats.isDirectory()) throw new InputError(`The workspace ${directory} is not a directory.`);
  return {
    workspace: directory,
    store: store === undefined ? storeDirectory(directory) : namedStore(store),
    hasOwnStore: store === undefined,
    json: json === true,
    stdout,
    stderr,
  };
}

export interface StandardStreams {
  readonly stdout: Output;
  readonly stderr: Output;
}

/** @param color whether to use colours; default: as the environment and the streams say. */
export function standardStreams(color: boolean | undefined): StandardStreams {
  const options = { env: process.env, directory: process.cwd(), color };
  return { stdout: new Output(process.stdout, options), stderr: new Output(process.stderr, options) };
}
