/** As `vscode.l10n.t` with positional arguments. */
export type Translate = (message: string, ...args: (string | number | boolean)[]) => string;

/** What texts depend on; given, so that they can be made where there is no editor. */
export interface Wording {
  readonly t: Translate;
  /** BCP 47. */
  readonly locale: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** IANA name; the machine's own when left out. */
  readonly timeZone?: string;
}
