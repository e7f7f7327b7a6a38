/** The versions of the files something was derived from; `undefined` for a missing file. */
type Versions = Map<string, string | undefined>;

/** What a value was derived from: files and other derived values. */
interface Sources {
  readonly versions: Versions;
  readonly parts: Set<Entry>;
}

interface Entry extends Sources {
  readonly value: unknown;
}

/** One outermost call, during which the files do not change. */
interface Moment {
  readonly versions: Versions;
  /** The entries already validated, so that each is validated once, however many others are derived from it. */
  readonly current: Map<Entry, boolean>;
}

/**
 * Values derived from files, cached with the versions of all files read in the process, and derived again only if one of them has changed.
 * A value derived from other derived values depends on their files too.
 */
export class DerivedValues {
  readonly #entries = new Map<string, Entry>();
  readonly #version: (file: string) => string | undefined;
  #moment: Moment | undefined;
  readonly #making: Sources[] = [];

  constructor(version: (file: string) => string | undefined) {
    this.#version = version;
  }

  /** @param key identifies the value and its file. */
  value<Value>(key: string, make: () => Value): Value {
    return this.#at((moment) => {
      const known = this.#entries.get(key);
      if (known && this.#isCurrent(known, moment)) {
        this.#making.at(-1)?.parts.add(known);
        return known.value as Value;
      }
      const sources: Sources = { versions: new Map(), parts: new Set() };
      this.#making.push(sources);
      let entry: Entry = { value: undefined, ...sources };
      try {
        const value = make();
        entry = { value, ...sources };
        this.#entries.set(key, entry);
        return value;
      } finally {
        this.#making.pop();
        this.#making.at(-1)?.parts.add(entry);
      }
    });
  }

  /** Returns the version of a file; the value being derived depends on it from now on. */
  version(file: string): string | undefined {
    return this.#at((moment) => {
      const version = this.#look(file, moment);
      this.#making.at(-1)?.versions.set(file, version);
      return version;
    });
  }

  /** Calls `work`, during which all files keep their current state. */
  atOnce<Result>(work: () => Result): Result {
    return this.#at(work);
  }

  #at<Result>(work: (moment: Moment) => Result): Result {
    if (this.#moment) return work(this.#moment);
    this.#moment = { versions: new Map(), current: new Map() };
    try {
      return work(this.#moment);
    } finally {
      this.#moment = undefined;
    }
  }

  #isCurrent(entry: Entry, moment: Moment): boolean {
    const known = moment.current.get(entry);
    if (known !== undefined) return known;
    const isCurrent = this.#isMadeOfCurrent(entry, moment);
    moment.current.set(entry, isCurrent);
    return isCurrent;
  }

  #isMadeOfCurrent({ versions, parts }: Entry, moment: Moment): boolean {
    for (const [file, version] of versions) if (this.#look(file, moment) !== version) return false;
    for (const part of parts) if (!this.#isCurrent(part, moment)) return false;
    return true;
  }

  #look(file: string, { versions }: Moment): string | undefined {
    if (!versions.has(file)) versions.set(file, this.#version(file));
    return versions.get(file);
  }
}
