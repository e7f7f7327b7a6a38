import { InputError } from "../service/index.ts";

/** Whether code of the workspace may be executed. Granted once, for all folders of the window. */
export class Trust {
  #isGranted: boolean;
  readonly #listeners = new Set<() => void>();

  constructor(isGranted: boolean) {
    this.#isGranted = isGranted;
  }

  get isGranted(): boolean {
    return this.#isGranted;
  }

  set(isGranted: boolean): void {
    if (isGranted === this.#isGranted) return;
    this.#isGranted = isGranted;
    for (const listener of this.#listeners) listener();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** `what` completes "cannot …", such as "run a tick". @throws InputError */
  require(what: string): void {
    if (this.#isGranted) return;
    throw new InputError(`The workspace is not trusted: cannot ${what}. Trust it first if you know where its files come from.`);
  }
}
