import type { Wording } from "../../words/wording.ts";
import type { EditorCommands } from "./editor-commands.ts";

/** Client-dependent input of lenses, hovers and the like. */
export interface Surroundings {
  readonly commands: EditorCommands;
  readonly wording: Wording;
}
