import { isDeepStrictEqual } from "node:util";
import type { CodeLens } from "vscode-languageserver";

/** Milliseconds between two refreshes: clients ask for the lenses of all visible files at each. */
const LEAST_INTERVAL = 250;

export interface LensRefreshParts {
  /** The lenses of a file as they are now; `undefined` where it is not open any more. */
  readonly lenses: (file: string) => Promise<readonly CodeLens[] | undefined>;
  /** Tells the client to ask again. */
  readonly refresh: () => Promise<unknown>;
  readonly onDefect: (error: unknown) => void;
}

/** Has the client ask for lenses again when those that it has are not what they would be now. */
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
   * The client has asked for them.
   *
   * @param changes that were known when they began to be made: what has come since they may not show.
   */
  given(file: string, lenses: readonly CodeLens[], changes: number): void {
    this.#given.set(file, lenses);
    if (changes !== this.#changes) this.#lookSoon();
  }

  /** What lenses show is perhaps different. */
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
