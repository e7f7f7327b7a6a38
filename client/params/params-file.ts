/** The params of an action as a file that the editor has open. */
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

  /** As they are stored, as far as is known. */
  get params(): unknown {
    return this.#params;
  }

  get content(): Uint8Array {
    return this.#content;
  }

  /** Epoch milliseconds; grows with every change, so that the editor notices that what it shows is old. */
  get changedAt(): number {
    return this.#changedAt;
  }

  /** Why the params are no longer used, as a message for the user. */
  get end(): string | undefined {
    return this.#end;
  }

  /** Another process, or a tick, may have changed them. True when they are other ones than before. */
  stored(params: unknown, now: number): boolean {
    if (JSON.stringify(params) === JSON.stringify(this.#params)) return false;
    this.#params = params;
    this.#content = contentOf(params);
    this.#changed(now);
    return true;
  }

  /** Saved as they are written, spaces and all. */
  saved(params: unknown, content: Uint8Array, now: number): void {
    this.#params = params;
    this.#content = content;
    this.#changed(now);
  }

  /** True when that was not known. Not a change of the text: the editor would reload it, over what is being typed. */
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
