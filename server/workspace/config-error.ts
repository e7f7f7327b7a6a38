/** A configuration file that cannot be used. The message names the file, the place in it, and the way out. */
export class ConfigError extends Error {
  /** Absolute path. */
  readonly file: string;
  /** 1-based; `undefined` where the problem has no place of its own. */
  readonly line: number | undefined;
  readonly column: number | undefined;

  constructor(message: string, place: { readonly file: string; readonly line?: number; readonly column?: number }, options?: ErrorOptions) {
    super(message, options);
    this.name = "ConfigError";
    this.file = place.file;
    this.line = place.line;
    this.column = place.column;
  }
}
