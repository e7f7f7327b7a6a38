/** The version of each file that something was made from; `undefined`: of a file that was not there. */
type Versions = Map<string, string | undefined>;

/** What a value was derived from: files and other derived values. */
interface Sources {
  readonly versions: Versions;
  readonly parts: Set<Entry>;
}

interface Entry extends Sources {
  readonly value: unknown;
}

/** One outermost call, within which the files stand still. */
interface Moment {
  readonly versions: Versions;
  /** The entries that were looked at, so that each is looked at once, however many others are made from it. */
  readonly current: Map<Entry, boolean>;
}

/**
 * Values derived from files, kept with the versions of all files read meanwhile, and derived again only when one
 * of them has changed. A value derived from other derived values depends on their files too.
 */
export class DerivedValues {
  readonly #entries = new Map<string, Entry>();
  readonly #version: (file: string) => string | undefined;
  #moment: Moment | undefined;
  readonly #making: Sources[] = [];

  constructor(version: (file: string) => string | undefined) {
    this.#version = version;
  }

  /** @param key tells what it is, and of which file. */
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

  /** The version of a file; what is being made depends on it from now on. */
  version(file: string): string | undefined {
    return this.#at((moment) => {
      const version = this.#look(file, moment);
      this.#making.at(-1)?.versions.set(file, version);
      return version;
    });
  }

  /** Calls `work`, which sees all files as they are now. */
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
