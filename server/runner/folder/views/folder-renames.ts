import { Emitter, type Event } from "vscode-languageserver";
import type { ObservedFolder } from "../../model/observed-folder.ts";
import { ClassRenames, type NoticedRename } from "../../renames/class-renames.ts";
import { SeenClassesFile } from "../../renames/seen-classes-file.ts";
import type { StoredTasks } from "../sources/stored-tasks.ts";

/** Notices renames in a folder, including those made while no runner followed it. */
export class FolderRenames {
  readonly #model: ObservedFolder;
  readonly #stored: StoredTasks;
  readonly #file: SeenClassesFile;
  readonly #renames = new ClassRenames();
  readonly #noticed = new Emitter<NoticedRename>();
  #looking: Promise<void> | undefined;

  constructor(model: ObservedFolder, stored: StoredTasks) {
    this.#model = model;
    this.#stored = stored;
    this.#file = new SeenClassesFile(model.slices.directory);
    model.follow(["classes"], () => {
      this.#looking = (this.#looking ?? this.#begin()).then(() => this.#look());
    });
  }

  get onDidNotice(): Event<NoticedRename> {
    return this.#noticed.event;
  }

  /** Resolves when listeners know the renames so far, and the classes are remembered. */
  async settled(): Promise<void> {
    await this.#looking;
  }

  async #begin(): Promise<void> {
    const [seen] = await Promise.all([this.#file.read(), this.#stored.settled()]);
    this.#renames.recall(seen);
  }

  async #look(): Promise<void> {
    const { areClassesKnown, classes, loadProblems, tasks } = this.#model.slices;
    if (!areClassesKnown) return;
    const brokenFiles = new Set(loadProblems.map(({ file }) => file));
    for (const rename of this.#renames.look(classes, brokenFiles, tasks)) this.#noticed.fire(rename);
    await this.#file.write(this.#renames.seen);
  }
}
