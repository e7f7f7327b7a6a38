import { isDeepStrictEqual } from "node:util";
import type { CodeLens } from "vscode-languageserver";

/** Milliseconds between two refreshes: at each, clients request the lenses of all visible files. */
const LEAST_INTERVAL = 250;

export interface LensRefreshParts {
  /** The current lenses of a file; `undefined` if it is no longer open. */
  readonly lenses: (file: string) => Promise<readonly CodeLens[] | undefined>;
  /** Asks the client to request lenses again. */
  readonly refresh: () => Promise<unknown>;
  readonly onDefect: (error: unknown) => void;
}

/** Refreshes the client's code lenses when they are stale. */
export class LensRefresh {
  readonly #parts: LensRefreshParts;
  readonly #given = new Map<string, readonly CodeLens[]>();
  #timer: NodeJS.Timeout | undefined;
  #lookedAt = 0;
  #changes = 0;

  constructor(parts: LensRefreshParts) {
    this.#parts = parts;
  }

  /** How often something has changed. */
  get changes(): number {
    return this.#changes;
  }

  /**
   * The client has received lenses.
   *
   * @param changes number of changes when they were started: they may not show later ones.
   */
  given(file: string, lenses: readonly CodeLens[], changes: number): void {
    this.#given.set(file, lenses);
    if (changes !== this.#changes) this.#lookSoon();
  }

  /** The lenses may have changed. */
  changed(): void {
    this.#changes += 1;
    if (this.#given.size > 0) this.#lookSoon();
  }

  #lookSoon(): void {
    this.#timer ??= setTimeout(() => void this.#look(), Math.max(0, this.#lookedAt + LEAST_INTERVAL - Date.now()));
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#given.clear();
  }

  async #look(): Promise<void> {
    this.#timer = undefined;
    this.#lookedAt = Date.now();
    try {
      if (await this.#isOutdated()) await this.#parts.refresh();
    } catch (error) {
      this.#parts.onDefect(error);
    }
  }

  async #isOutdated(): Promise<boolean> {
    for (const [file, before] of [...this.#given]) {
      const now = await this.#parts.lenses(file);
      if (!now) this.#given.delete(file);
      else if (!isDeepStrictEqual(now, before)) return true;
    }
    return false;
  }
}
