import { findTaskFiles, TaskFileWatch } from "../../../workspace/index.ts";
import { fileSignature } from "../../documents/source-texts.ts";

/** The task files of a folder, and which files have changed since the last scan. */
export class TaskFiles {
  readonly #folder: string;
  readonly #watch: TaskFileWatch;
  #files: readonly string[] = [];
  #signatures: ReadonlyMap<string, string | undefined> = new Map();

  /** @param onChange called when one of them, the configuration or the store's directory may have changed. */
  constructor(folder: string, onChange: () => void) {
    this.#folder = folder;
    this.#watch = new TaskFileWatch(folder, onChange);
  }

  get files(): readonly string[] {
    return this.#files;
  }

  /**
   * Scans the files now. Returns those whose content may have changed.
   *
   * @param others relevant files that are not task files: those they import, or in which failures are shown.
   */
  async refresh(include: readonly string[], others: readonly string[]): Promise<readonly string[]> {
    this.#files = await findTaskFiles(this.#folder, include);
    const all = [...new Set([...this.#files, ...others])];
    this.#watch.follow(all);
    const signatures = new Map(await Promise.all(all.map(async (file) => [file, await fileSignature(file)] as const)));
    const before = this.#signatures;
    this.#signatures = signatures;
    return [...new Set([...before.keys(), ...all])].filter((file) => before.get(file) !== signatures.get(file));
  }

  /** Adds relevant files in their current state. */
  async alsoFollow(others: readonly string[]): Promise<void> {
    const missing = others.filter((file) => !this.#signatures.has(file));
    if (missing.length === 0) return;
    this.#watch.follow([...this.#signatures.keys(), ...missing]);
    const added = await Promise.all(missing.map(async (file) => [file, await fileSignature(file)] as const));
    this.#signatures = new Map([...this.#signatures, ...added]);
  }

  close(): void {
    this.#watch.close();
  }
}
