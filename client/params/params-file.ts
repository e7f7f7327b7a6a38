/** The params of an action as a file in the editor. */
export class ParamsFile {
  #params: unknown;
  #content: Uint8Array;
  #changedAt: number;
  #end: string | undefined;

  constructor(params: unknown, now: number) {
    this.#params = params;
    this.#content = contentOf(params);
    this.#changedAt = now;
  }

  /** The stored params, as last read or saved. */
  get params(): unknown {
    return this.#params;
  }

  get content(): Uint8Array {
    return this.#content;
  }

  /** Epoch milliseconds. Increases with every change, so that the editor notices outdated content. */
  get changedAt(): number {
    return this.#changedAt;
  }

  /** Why the params are no longer used, as a message for the user. */
  get end(): string | undefined {
    return this.#end;
  }

  /** Updates the params, which another process or a tick may have changed. Returns true if they differ. */
  stored(params: unknown, now: number): boolean {
    if (JSON.stringify(params) === JSON.stringify(this.#params)) return false;
    this.#params = params;
    this.#content = contentOf(params);
    this.#changed(now);
    return true;
  }

  /** Keeps the content as the user wrote it, including whitespace. */
  saved(params: unknown, content: Uint8Array, now: number): void {
    this.#params = params;
    this.#content = content;
    this.#changed(now);
  }

  /** Returns true if this is new. Does not change the content: the editor would reload it over unsaved edits. */
  ended(end: string | undefined): boolean {
    if (this.#end === end) return false;
    this.#end = end;
    return true;
  }

  #changed(now: number): void {
    this.#changedAt = Math.max(now, this.#changedAt + 1);
  }
}

function contentOf(params: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(params, null, 2)}\n`);
}
