/** What an extension host has measured, in milliseconds unless it says otherwise; passed to the driver as JSON. */
export interface MeasuredInHost {
  /** Of this extension, and of one that the editor brings and that has a language server, too. */
  readonly activation?: { readonly ours: Activation; readonly css: Activation };
  /** From the command to the first line of the action, with everything warm; and `node -e 0` to its end. */
  readonly tickToAction?: readonly { readonly tick: number; readonly node: number }[];
  /** From the throw to the diagnostic; and from the writing of a file to the event of a watcher. */
  readonly throwToDiagnostic?: readonly { readonly diagnostic: number; readonly watcher: number }[];
  /** Bytes. */
  readonly memory?: { readonly runner: number; readonly node: number };
}

export interface Activation {
  readonly milliseconds: number;
  /** That the extension host holds afterwards and did not before. */
  readonly bytes: number;
}
