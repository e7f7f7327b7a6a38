import { statSync } from "node:fs";
import { resolve } from "node:path";
import { InputError } from "../service/input-error.ts";
import { Output } from "./output.ts";

/** Passed to every command. */
export interface Context {
  /** Absolute path of an existing directory. */
  readonly workspace: string;
  /** One JSON document goes to `stdout`, everything else to `stderr`. */
  readonly json: boolean;
  readonly stdout: Output;
  readonly stderr: Output;
}

export interface CommonOptions {
  readonly workspace?: string;
  readonly json?: boolean;
}

/** @throws InputError if the workspace is not a directory. */
export function createContext({ workspace, json }: CommonOptions, { stdout, stderr }: StandardStreams): Context {
  const directory = resolve(workspace ?? ".");
  const stats = statSync(directory, { throwIfNoEntry: false });
  if (!stats) throw new InputError(`The directory ${directory} does not exist. Specify an existing one with --workspace.`);
  if (!stats.isDirectory()) throw new InputError(`The workspace ${directory} is not a directory.`);
  return { workspace: directory, json: json === true, stdout, stderr };
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
