import type { NodeSearchResult } from "../node/node-search.ts";
import type { Places } from "../problems/places.ts";
import type { ProblemBoard } from "../problems/problem-board.ts";
import type { RunnerLog } from "../runner-log.ts";
import type { Trust } from "../trust.ts";

export interface FolderPlace {
  /** As given by the client. */
  readonly uri: string;
  readonly name?: string;
  /** Absolute path. */
  readonly directory: string;
}

/** Shared by all folders of the window. */
export interface FolderHost {
  readonly trust: Trust;
  readonly places: Places;
  readonly board: ProblemBoard;
  readonly log: RunnerLog;
  readonly searchNode: (setting: string | undefined) => Promise<NodeSearchResult>;
}
