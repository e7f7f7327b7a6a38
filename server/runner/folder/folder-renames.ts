import type { ClassState } from "../../protocol/folder-state.ts";
import type { LoadProblem } from "../../protocol/tick-event.ts";
import type { TaskRecord } from "../../store/index.ts";
import { ClassRenames, type NoticedRename } from "../renames/class-renames.ts";
import { SeenClassesFile } from "../renames/seen-classes-file.ts";

export interface FolderRenamesOptions {
  readonly directory: string;
  /** Resolves when the stored tasks were read for the first time. */
  readonly tasksKnown: () => Promise<void>;
  readonly tasks: () => readonly TaskRecord[];
  readonly onRename: (rename: NoticedRename) => void;
}

/** Notices renames in a folder, those too that happened while no runner followed it. */
export class FolderRenames {
  readonly #options: FolderRenamesOptions;
  readonly #file: SeenClassesFile;
  readonly #renames = new ClassRenames();
  #beginning: Promise<void> | undefined;
  #writing = Promise.resolve();

  constructor(options: FolderRenamesOptions) {
    this.#options = options;
    this.#file = new SeenClassesFile(options.directory);
  }

  /** What task files export now was looked at. Resolves when renames were told. */
  async look(classes: readonly ClassState[], problems: readonly LoadProblem[]): Promise<void> {
    this.#beginning ??= this.#begin();
    await this.#beginning;
    const brokenFiles = new Set(problems.map(({ file }) => file));
    for (const rename of this.#renames.look(classes, brokenFiles, this.#options.tasks())) this.#options.onRename(rename);
    const { seen } = this.#renames;
    this.#writing = this.#writing.then(() => this.#file.write(seen));
  }

  /** Resolves when what was seen is written. */
  stop(): Promise<void> {
    return this.#writing;
  }

  async #begin(): Promise<void> {
    const [seen] = await Promise.all([this.#file.read(), this.#options.tasksKnown()]);
    this.#renames.recall(seen);
  }
}
