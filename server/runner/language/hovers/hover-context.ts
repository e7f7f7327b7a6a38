import type { Wording } from "../../../words/wording.ts";
import type { ReadFile } from "../../task-file-reading.ts";
import type { EditorCommands } from "../editor-commands.ts";

/** Client-dependent input of hovers. */
export interface HoverReader {
  readonly wording: Wording;
  /** For clients with clickable commands in hovers. */
  readonly links: EditorCommands | undefined;
}

/** Input of a hover on something in a file. */
export interface HoverContext extends ReadFile, HoverReader {
  /** Whether the text differs from the file on disk, which is what ticks execute. */
  readonly isUnsaved: boolean;
}
