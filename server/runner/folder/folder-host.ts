import type { FolderChange } from "../../protocol/folder-state.ts";
import type { OutputEvent } from "../../protocol/tick-event.ts";
import type { NodeSearchResult } from "../node/node-search.ts";
import type { Places } from "../problems/places.ts";
import type { ProblemBoard } from "../problems/problem-board.ts";
import type { NoticedRename } from "../renames/class-renames.ts";
import type { LogLevel } from "../runner-log.ts";
import type { Trust } from "../trust.ts";

export interface FolderPlace {
  /** As the client named it. */
  readonly uri: string;
  readonly name?: string;
  /** Absolute path. */
  readonly directory: string;
}

/** What a folder needs of the runner. */
export interface FolderHost {
  readonly trust: Trust;
  readonly places: Places;
  readonly board: ProblemBoard;
  publish(change: FolderChange): void;
  /** What `FolderRunner.facts` tells is perhaps different. */
  factsChanged(): void;
  line(level: LogLevel, text: string): void;
  output(output: OutputEvent): void;
  /** Stored tasks may be handed over to a class that has another name now, if a person agrees. */
  renamed(rename: NoticedRename): void;
  searchNode(setting: string | undefined): Promise<NodeSearchResult>;
}
