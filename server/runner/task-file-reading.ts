import { setImmediate } from "node:timers/promises";
import type * as languageRoom from "../language/index.ts";
import type { OpenDocuments } from "./documents/open-documents.ts";
import type { FolderFacts } from "./model/folder-facts.ts";

export type Language = typeof languageRoom;
type Model = languageRoom.SourceModel;

/** A file of a folder's tasks, read without executing it. */
export interface ReadFile {
  readonly language: Language;
  /** Of the whole folder. */
  readonly model: Model;
  /** Absolute path. */
  readonly file: string;
  readonly facts: FolderFacts;
}

/** A folder as far as reading is concerned. */
interface ReadFolder {
  facts(): FolderFacts;
}

interface ReadFolders {
  all(): Promise<readonly ReadFolder[]>;
  /** The innermost folder that a file lies in. */
  containing(file: string): Promise<ReadFolder | undefined>;
}

interface Reader {
  readonly language: Language;
  readonly sources: languageRoom.DiskSources;
}

/**
 * Reads the task files of all folders, and the files they import, from open editors or else from disk. The parser is loaded on first use.
 */
export class TaskFileReading {
  readonly #folders: ReadFolders;
  readonly #documents: OpenDocuments;
  readonly #models = new WeakMap<ReadFolder, { readonly model: Model; readonly taskFiles: readonly string[] }>();
  /** Sequential: concurrent calls would all read the same, and take a slice of time each. */
  #lastReading: Promise<void> = Promise.resolve();
  #reader: Promise<Reader> | undefined;

  constructor(folders: ReadFolders, documents: OpenDocuments) {
    this.#folders = folders;
    this.#documents = documents;
  }

  /** For each folder whose task files are, or import, the file; the folder that contains it first. */
  async read(file: string): Promise<readonly ReadFile[]> {
    const folders = await this.#inOrder(file);
    if (folders.every((folder) => folder.facts().taskFiles.length === 0)) return [];
    this.#reader ??= this.#load();
    const { language, sources } = await this.#reader;
    const found: ReadFile[] = [];
    for (const folder of folders) {
      await this.#readAll(() => this.#modelOf(folder, { language, sources }));
      // They may have changed while everything was read.
      const facts = folder.facts();
      const model = this.#modelOf(folder, { language, sources });
      if (model.files().includes(file)) found.push({ language, model, file, facts });
    }
    return found;
  }

  /** Reads for each folder, and checks the file in slices of time: to show its findings then takes a moment. */
  async check(file: string): Promise<readonly ReadFile[]> {
    for (const { language, model } of await this.read(file)) await inSlices(language.checking(model, file));
    // It may have changed in the meantime; what has not is cached.
    return this.read(file);
  }

  /** Files on disk may have changed. */
  filesChanged(): void {
    void this.#reader?.then(({ sources }) => sources.lookAgain());
  }

  async #readAll(model: () => Model): Promise<void> {
    const before = this.#lastReading;
    const reading = before.then(() => inSlices(model().reading()));
    this.#lastReading = reading.catch(() => {});
    await reading;
  }

  async #inOrder(file: string): Promise<readonly ReadFolder[]> {
    const own = await this.#folders.containing(file);
    const all = await this.#folders.all();
    return own ? [own, ...all.filter((folder) => folder !== own)] : all;
  }

  async #load(): Promise<Reader> {
    const language = await import("../language/index.ts");
    const sources = new language.DiskSources();
    for (const file of this.#documents.files) sources.open(file, this.#documents.get(file)?.getText() ?? "");
    this.#documents.onDidChange((file, text) => sources.open(file, text));
    this.#documents.onDidClose((file) => sources.close(file));
    return { language, sources };
  }

  #modelOf(folder: ReadFolder, { language, sources }: Reader): Model {
    const { taskFiles } = folder.facts();
    const known = this.#models.get(folder);
    if (known?.taskFiles === taskFiles) return known.model;
    const model = known?.model ?? new language.SourceModel(sources);
    model.taskFiles = taskFiles;
    this.#models.set(folder, { model, taskFiles });
    return model;
  }
}

/** Milliseconds of delay that users do not notice. */
const SLICE = 5;

/** Runs the steps of long work, and yields to other work whenever a slice of time is used up. */
async function inSlices(steps: Iterable<unknown>): Promise<void> {
  let endsAt = performance.now() + SLICE;
  for (const _ of steps) {
    if (performance.now() < endsAt) continue;
    await setImmediate();
    endsAt = performance.now() + SLICE;
  }
}
