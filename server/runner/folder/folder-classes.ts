import { isDeepStrictEqual } from "node:util";
import { messageOf } from "../../words/message-of.ts";
import type { WorkspaceDescription } from "../../worker/channel/workspace-description.ts";
import { DEFAULT_INCLUDE, type WorkspaceConfig } from "../../workspace/index.ts";
import { ChangeLoop } from "../change-loop.ts";
import { type Catalog, ClassCatalog } from "./class-catalog.ts";
import { tryReadConfig } from "./folder-config.ts";
import type { FolderProblems } from "./folder-problems.ts";
import { TaskFiles } from "./task-files.ts";

export interface FolderClassesOptions {
  readonly directory: string;
  readonly problems: FolderProblems;
  /** Of the settings; without it the configuration decides. */
  readonly include: () => readonly string[] | undefined;
  /** Whether the files may be loaded. */
  readonly isTrusted: () => boolean;
  readonly describe: () => Promise<WorkspaceDescription>;
  /** Files beside the task files, and what they import, that matter as well. */
  readonly otherFiles: () => readonly string[];
  /** Whether people were told already why nothing can be loaded. */
  readonly isTold: (problem: string) => boolean;
  /** The files were looked for, and are perhaps others. */
  readonly onFiles: (files: readonly string[]) => void;
  /** What the files export is perhaps different. */
  readonly onCatalog: () => void | Promise<void>;
  /** Files have other contents than at the look before, or can be loaded now; not called for the first look. */
  readonly onEdited: (files: readonly string[]) => void;
  /** Before each look: a store may have appeared beside the files. */
  readonly beforeLook: () => Promise<void>;
  readonly onDefect: (error: unknown) => void;
}

/** Follows the task files of a folder and its configuration, and knows what they export. */
export class FolderClasses {
  readonly #options: FolderClassesOptions;
  readonly #files: TaskFiles;
  readonly #catalog: ClassCatalog;
  readonly #loop: ChangeLoop;
  #config: WorkspaceConfig | undefined;
  #hasLooked = false;
  #isStopped = false;

  constructor(options: FolderClassesOptions) {
    this.#options = options;
    this.#files = new TaskFiles(options.directory, () => this.changed());
    this.#catalog = new ClassCatalog(options.describe, options.onCatalog);
    this.#loop = new ChangeLoop(() => this.#look(), options.onDefect);
  }

  /** What the configuration file says; `undefined` while it makes no sense. */
  get config(): WorkspaceConfig | undefined {
    return this.#config;
  }

  get files(): readonly string[] {
    return this.#files.files;
  }

  get catalog(): Catalog {
    return this.#catalog.current;
  }

  /** Whether the files were looked into. */
  get isKnown(): boolean {
    return this.#catalog.isKnown;
  }

  /** Task files, the configuration or something beside them may have changed. */
  changed(): void {
    this.#loop.notify();
  }

  /** A person has saved a file and wants to see what comes of it: no rest before that. */
  saved(): void {
    void this.#loop.settled();
  }

  /** What the files export now, after everything that has changed was looked at. */
  async settled(): Promise<Catalog> {
    await this.#loop.settled();
    return this.#catalog.current;
  }

  hasProblemIn(file: string): boolean {
    return this.#catalog.current.problems.some((problem) => problem.file === file);
  }

  /** Looks at the task files now, by loading them in a worker. */
  async refresh(): Promise<void> {
    const { isTrusted, problems, isTold } = this.#options;
    if (!this.#hasLooked) return this.#loop.settled();
    if (!isTrusted() || this.#files.files.length === 0) return this.#catalog.clear();
    try {
      await this.#catalog.refresh();
      await this.#files.alsoFollow(this.#neededFiles());
      problems.set({ classes: undefined });
    } catch (error) {
      if (this.#isStopped) return;
      const message = messageOf(error);
      problems.set({ classes: isTold(message) ? undefined : `Could not scan the task files: ${message}` });
    }
  }

  alsoFollow(files: readonly string[]): Promise<void> {
    return this.#files.alsoFollow(files);
  }

  /** Resolves when nothing is looked at any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#files.close();
    await this.#loop.stop();
  }

  /** What the task files import, and what keeps them from being loaded. */
  #neededFiles(): readonly string[] {
    const { imports, problems } = this.#catalog.current;
    return [...new Set([...imports.flatMap((one) => one.imports), ...problems.map(({ file }) => file)])];
  }

  async #look(): Promise<void> {
    const { directory, problems, include, otherFiles, isTrusted, beforeLook, onFiles, onEdited } = this.#options;
    await beforeLook();
    const { config, error } = tryReadConfig(directory);
    this.#config = config;
    problems.set({ config: error });
    const changed = await this.#files.refresh(include() ?? config?.include ?? DEFAULT_INCLUDE, [...this.#neededFiles(), ...otherFiles()]);
    if (this.#isStopped) return;
    const isFirst = !this.#hasLooked;
    this.#hasLooked = true;
    const before = this.#catalog.current;
    const mayHaveBeenMended = before.problems.length > 0 || before.classes.length === 0 || problems.classes !== undefined;
    onFiles(this.#files.files);
    if (changed.length > 0 || mayHaveBeenMended) await this.refresh();
    const isMended = !isDeepStrictEqual(before.problems, this.#catalog.current.problems);
    if (!isFirst && isTrusted() && (changed.length > 0 || isMended)) onEdited(changed);
  }
}
