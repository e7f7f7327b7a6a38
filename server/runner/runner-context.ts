import type { Connection } from "vscode-languageserver";
import type { Folders } from "./folders.ts";
import type { Trust } from "./trust.ts";

/** What is known about the client after initialization. */
export interface RunnerContext {
  readonly connection: Connection;
  readonly trust: Trust;
  readonly folders: Folders;
  /** Whether the client shows the progress of ticks through the protocol. Our own client draws it itself. */
  readonly showsProgress: boolean;
}
