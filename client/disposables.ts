/** Structurally what the editor calls a Disposable, so that the parts that know nothing of the editor can own some, too. */
export interface Disposable {
  dispose(): unknown;
}

/** Owns things and lets go of them together, in the reverse order. */
export class Disposables implements Disposable {
  readonly #owned: Disposable[] = [];

  /** Returns what it was given. */
  add<Owned extends Disposable>(owned: Owned): Owned {
    this.#owned.push(owned);
    return owned;
  }

  dispose(): void {
    for (const owned of this.#owned.splice(0).reverse()) owned.dispose();
  }
}
