import { join } from "node:path";
import { DirectoryWatch } from "./directory-watch.ts";
import type { FileSystem } from "./durable-file.ts";

/** A writer appends thousands of lines per second: wait this long after the first change before notifying. */
const QUIET_MS = 50;
/** If the system reports changes, polling only covers reports that got lost. */
const POLL_MS = 1_000;
const POLL_WITHOUT_WATCH_MS = 250;

/** Calls back after the files of a store have changed. Never keeps the process alive. */
export class StoreWatch {
  readonly #fs: FileSystem;
  readonly #onChange: () => void;
  readonly #watches: readonly DirectoryWatch[];
  readonly #followed: readonly string[];
  readonly #inbox: string;
  #inboxSignature: string | undefined;
  #hasListedTwice = false;
  /** Files in the inbox to which requests are appended. */
  #segments: readonly string[] = [];
  #poll: NodeJS.Timeout | undefined;
  #quiet: NodeJS.Timeout | undefined;
  #signature: string | undefined;
  #stopped = false;

  constructor(fs: FileSystem, directory: string, onChange: () => void) {
    this.#fs = fs;
    this.#onChange = onChange;
    this.#inbox = join(directory, "inbox");
    this.#watches = [directory, this.#inbox].map((path) => new DirectoryWatch(fs, path, () => this.#changed()));
    this.#followed = [join(directory, "tasks.jsonl"), join(directory, "history.jsonl")];
    for (const watch of this.#watches) watch.start();
    void this.#look();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#poll);
    clearTimeout(this.#quiet);
    for (const watch of this.#watches) watch.stop();
  }

  #changed(): void {
    if (this.#quiet || this.#stopped) return;
    for (const watch of this.#watches) watch.stop();
    this.#quiet = setTimeout(() => {
      this.#quiet = undefined;
      // This order misses nothing: later changes call back again, earlier ones are already readable.
      for (const watch of this.#watches) watch.start();
      this.#onChange();
    }, QUIET_MS).unref();
  }

  async #look(): Promise<void> {
    const signature = await this.#currentSignature();
    if (this.#stopped) return;
    const before = this.#signature;
    this.#signature = signature;
    if (before !== undefined && before !== signature) this.#changed();
    else if (!this.#quiet) for (const watch of this.#watches) watch.start();
    const all = this.#watches.every((watch) => watch.active);
    this.#poll = setTimeout(() => void this.#look(), all ? POLL_MS : POLL_WITHOUT_WATCH_MS).unref();
  }

  async #currentSignature(): Promise<string> {
    const inbox = await this.#signatureOf(this.#inbox);
    if (inbox !== this.#inboxSignature || !this.#hasListedTwice) await this.#list(inbox);
    const paths = [...this.#followed, ...this.#segments];
    return [inbox, ...(await Promise.all(paths.map((path) => this.#signatureOf(path))))].join(", ");
  }

  async #signatureOf(path: string): Promise<string> {
    const stats = await this.#fs.promises.stat(path, { bigint: true }).catch(() => undefined);
    return stats ? `${stats.ino} ${stats.size} ${stats.mtimeNs}` : "none";
  }

  /** A segment that becomes longer leaves its directory as it is. */
  async #list(inbox: string): Promise<void> {
    // The directory may change again without getting another time of change, because that is only so fine.
    this.#hasListedTwice = inbox === this.#inboxSignature;
    this.#inboxSignature = inbox;
    const names = await this.#fs.promises.readdir(this.#inbox).catch((): string[] => []);
    this.#segments = names.filter((name) => name.endsWith(".jsonl")).map((name) => join(this.#inbox, name));
  }
}
