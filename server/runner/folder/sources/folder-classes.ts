import { isDeepStrictEqual } from "node:util";
import { messageOf } from "../../../words/message-of.ts";
import { ConfigError, DEFAULT_INCLUDE, readWorkspaceConfig, type WorkspaceConfig } from "../../../workspace/index.ts";
import { ChangeLoop } from "../../change-loop.ts";
import type { SourceTexts } from "../../documents/source-texts.ts";
import type { Catalog, ObservedFolder } from "../../model/observed-folder.ts";
import type { FolderStore } from "../folder-store.ts";
import type { FolderSupervisor } from "../folder-supervisor.ts";
import { ClassCatalog } from "./class-catalog.ts";
import type { FolderTicks } from "./folder-ticks.ts";
import { TaskFiles } from "./task-files.ts";

export interface FolderClassesParts {
  readonly model: ObservedFolder;
  readonly store: FolderStore;
  readonly supervisor: FolderSupervisor;
  readonly ticks: FolderTicks;
  readonly texts: SourceTexts;
  readonly onDefect: (error: unknown) => void;
}

/** Follows the task files of a folder and its configuration, and loads what has changed in a worker. */
export class FolderClasses {
  readonly #model: ObservedFolder;
  readonly #store: FolderStore;
  readonly #files: TaskFiles;
  readonly #catalog: ClassCatalog;
  readonly #loop: ChangeLoop;
  #hasLooked = false;
  #isStopped = false;

  constructor({ model, store, supervisor, ticks, texts, onDefect }: FolderClassesParts) {
    this.#model = model;
    this.#store = store;
    this.#files = new TaskFiles(model.slices.directory, () => this.changed());
    this.#catalog = new ClassCatalog(model, supervisor, texts);
    this.#loop = new ChangeLoop(() => this.#look(), onDefect);
    model.follow(["isTrusted"], () => void this.refresh());
    model.follow(["settings"], () => {
      void this.refresh();
      this.changed();
    });
    model.follow(["failures"], () => void this.#files.alsoFollow(this.#failedFiles()));
    ticks.onDidHappen((event) => {
      if (event.kind === "load-problem" && !this.#hasProblemIn(event.problem.file)) void this.refresh();
    });
  }

  /** Call when task files, the configuration or related files may have changed. */
  changed(): void {
    this.#loop.notify();
  }

  /** The user has saved a file and wants to see the result: no rest before that. */
  saved(): void {
    void this.#loop.settled();
  }

  /** Exports of the files, after reading all changes so far. */
  async settled(): Promise<Catalog> {
    await this.#loop.settled();
    return this.#catalog.current;
  }

  /** Scans the task files now, by loading them in a worker. */
  async refresh(): Promise<void> {
    if (!this.#hasLooked) return this.#loop.settled();
    if (!this.#model.slices.isTrusted || this.#files.files.length === 0) return this.#catalog.clear();
    try {
      await this.#catalog.refresh();
      await this.#files.alsoFollow(this.#neededFiles());
      this.#model.set({ classesProblem: undefined });
    } catch (error) {
      if (this.#isStopped) return;
      const message = messageOf(error);
      this.#model.set({ classesProblem: this.#isTold(message) ? undefined : `Could not scan the task files: ${message}` });
    }
  }

  /** Resolves when no scan is running. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#files.close();
    await this.#loop.stop();
  }

  async #look(): Promise<void> {
    // A store may have appeared beside the files. If it cannot be opened, `StoredTasks` reports that.
    await this.#store.attach().catch(() => {});
    const { settings, directory, classesProblem } = this.#model.slices;
    const { config, configError } = tryReadConfig(directory);
    this.#model.set({ config, configError });
    const include = settings.include ?? config?.include ?? DEFAULT_INCLUDE;
    const changed = await this.#files.refresh(include, [...this.#neededFiles(), ...this.#failedFiles()]);
    if (this.#isStopped) return;
    const isFirst = !this.#hasLooked;
    this.#hasLooked = true;
    const before = this.#catalog.current;
    const mayHaveBeenMended = before.problems.length > 0 || before.classes.length === 0 || classesProblem !== undefined;
    this.#model.set({ taskFiles: this.#files.files });
    if (changed.length > 0 || mayHaveBeenMended) await this.refresh();
    const isMended = !isDeepStrictEqual(before.problems, this.#catalog.current.problems);
    if (!isFirst && this.#model.slices.isTrusted && (changed.length > 0 || isMended)) this.#model.set({ editedFiles: changed });
  }

  /** The files that task files import, and those that prevent them from being loaded. */
  #neededFiles(): readonly string[] {
    const { imports, problems } = this.#catalog.current;
    return [...new Set([...imports.flatMap((one) => one.imports), ...problems.map(({ file }) => file)])];
  }

  #failedFiles(): readonly string[] {
    return [...new Set(this.#model.slices.failures.map(({ place }) => place.file))];
  }

  #hasProblemIn(file: string): boolean {
    return this.#catalog.current.problems.some((problem) => problem.file === file);
  }

  /** Whether the reason is already shown: there is no Node, or the configuration is invalid. */
  #isTold(message: string): boolean {
    const { node, configError } = this.#model.slices;
    return node.problem === message || configError?.message === message;
  }
}

function tryReadConfig(directory: string): {
  readonly config: WorkspaceConfig | undefined;
  readonly configError: ConfigError | undefined;
} {
  try {
    return { config: readWorkspaceConfig(directory), configError: undefined };
  } catch (error) {
    if (error instanceof ConfigError) return { config: undefined, configError: error };
    throw error;
  }
}
