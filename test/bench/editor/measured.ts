/** What an extension host has measured, in milliseconds unless it says otherwise; passed to the driver as JSON. */
export interface MeasuredInHost {
  /** Of this extension, and of one that the editor brings and that has a language server, too. */
  readonly activation?: { readonly ours: Activation; readonly css: Activation };
  /** From the command to the first line of the action, with everything warm; and `node -e 0` to its end. */
  readonly tickToAction?: readonly { readonly tick: number; readonly node: number }[];
  /** From the throw to the diagnostic; and from the writing of a file to the event of a watcher. */
  readonly throwToDiagnostic?: readonly { readonly diagnostic: number; readonly watcher: number }[];
  /** From an edit to the lenses of the new text; and to the document symbols of the editor's own TypeScript. */
  readonly editToLenses?: readonly { readonly lenses: number; readonly symbols: number }[];
  /** From the save of a mended file on. */
  readonly saveToOutcome?: readonly SavedAndMended[];
  /** Bytes. */
  readonly memory?: { readonly runner: number; readonly node: number };
}

export interface Activation {
  readonly milliseconds: number;
  /** That the extension host holds afterwards and did not before. */
  readonly bytes: number;
}

export interface SavedAndMended {
  /** To the action's end in the model of the views. */
  readonly outcome: number;
  readonly diagnosticGone: number;
  /** To the lens that says how it ended, as far as the editor has asked for it. */
  readonly lens: number;
  /** Of a script under `node --watch` to its first line. */
  readonly nodeWatch: number;
}
