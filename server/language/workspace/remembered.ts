/** The version of each file that something was made from; `undefined`: of a file that was not there. */
type Versions = Map<string, string | undefined>;

interface Entry {
  readonly value: unknown;
  readonly versions: Versions;
}

/**
 * Remembers what was made from files, together with the versions of all files that were asked for meanwhile, and makes it anew only when one
 * of them has changed. What is made from other remembered things depends on their files too.
 */
export class Remembered {
  readonly #entries = new Map<string, Entry>();
  readonly #version: (file: string) => string | undefined;
  /** Versions as they were when the outermost call began: within one call the files stand still. */
  #current: Versions | undefined;
  readonly #making: Versions[] = [];

  constructor(version: (file: string) => string | undefined) {
    this.#version = version;
  }

  /** @param key tells what it is, and of which file. */
  value<Value>(key: string, make: () => Value): Value {
    return this.atOnce(() => {
      const known = this.#entries.get(key);
      if (known && this.#isCurrent(known)) {
        this.#addToMakers(known.versions);
        return known.value as Value;
      }
      const versions: Versions = new Map();
      this.#making.push(versions);
      try {
        const value = make();
        this.#entries.set(key, { value, versions });
        return value;
      } finally {
        this.#making.pop();
        this.#addToMakers(versions);
      }
    });
  }

  /** The version of a file; what is being made depends on it from now on. */
  version(file: string): string | undefined {
    return this.atOnce(() => {
      const version = this.#look(file);
      this.#making.at(-1)?.set(file, version);
      return version;
    });
  }

  /** Calls `work`, which sees all files as they are now. */
  atOnce<Result>(work: () => Result): Result {
    if (this.#current) return work();
    this.#current = new Map();
    try {
      return work();
    } finally {
      this.#current = undefined;
    }
  }

  #isCurrent({ versions }: Entry): boolean {
    for (const [file, version] of versions) if (this.#look(file) !== version) return false;
    return true;
  }

  #look(file: string): string | undefined {
    if (!this.#current?.has(file)) this.#current?.set(file, this.#version(file));
    return this.#current?.get(file);
  }

  #addToMakers(versions: Versions): void {
    const makers = this.#making.at(-1);
    if (makers) for (const [file, version] of versions) makers.set(file, version);
  }
}
