import type { Connection } from "vscode-languageserver";
import type { Folders } from "./folders.ts";
import type { Trust } from "./trust.ts";

/** What is known of the client once it has said hello. */
export interface RunnerContext {
  readonly connection: Connection;
  readonly trust: Trust;
  readonly folders: Folders;
  /** The client draws the progress of ticks by itself. */
  readonly drawsProgress: boolean;
}
