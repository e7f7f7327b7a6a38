import type { Connection } from "vscode-languageserver";
import type { Folders } from "./folders.ts";
import type { Trust } from "./trust.ts";

/** What is known of the client once it has said hello. */
export interface RunnerContext {
  readonly connection: Connection;
  readonly trust: Trust;
  readonly folders: Folders;
  /** Whether the client shows the progress of ticks by the protocol's own means. Our own client draws it by itself. */
  readonly showsProgress: boolean;
}
