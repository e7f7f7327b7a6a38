/** Structurally what the editor calls a Disposable, so that the parts that know nothing of the editor can own some, too. */
export interface Disposable {
  dispose(): unknown;
}

/** Owns things and disposes of them together, in reverse order. What is added after that is disposed of at once. */
export class Disposables implements Disposable {
  readonly #owned: Disposable[] = [];
  #isDisposed = false;

  /** Returns what it was given. */
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
