/** Structurally the editor's Disposable, so that code that is independent of the editor can own some, too. */
export interface Disposable {
  dispose(): unknown;
}

/** Owns disposables and disposes of them together, in reverse order. Disposes at once of those added after that. */
export class Disposables implements Disposable {
  readonly #owned: Disposable[] = [];
  #isDisposed = false;

  /** Returns its argument. */
  add<Owned extends Disposable>(owned: Owned): Owned {
    if (this.#isDisposed) owned.dispose();
    else this.#owned.push(owned);
    return owned;
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const owned of this.#owned.splice(0).reverse()) owned.dispose();
  }
}
