import type { Wording } from "../../../words/wording.ts";
import type { ReadFile } from "../../task-file-reading.ts";
import type { EditorCommands } from "../editor-commands.ts";

/** What depends on the client, for whom a hover is written. */
export interface HoverReader {
  readonly wording: Wording;
  /** For clients that can be clicked on in a hover. */
  readonly links: EditorCommands | undefined;
}

/** What a hover on something that is written in a file is made from. */
export interface HoverContext extends ReadFile, HoverReader {
  /** Whether the text is another than that of the file on the disk, which is what ticks execute. */
  readonly isUnsaved: boolean;
}
