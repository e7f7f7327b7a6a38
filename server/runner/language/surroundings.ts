import type { Wording } from "../../words/wording.ts";
import type { EditorCommands } from "./editor-commands.ts";

/** What depends on the client, for whom lenses, hovers and the like are written. */
export interface Surroundings {
  readonly commands: EditorCommands;
  readonly wording: Wording;
}
