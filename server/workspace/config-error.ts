/** An unusable configuration file. The message names the file, the position in it, and the way out. */
export class ConfigError extends Error {
  /** Absolute path. */
  readonly file: string;
  /** 1-based; `undefined` if the problem has no position. */
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
