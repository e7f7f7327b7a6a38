import { type Unanalysed, unanalysedBy } from "../syntax/unanalysed.ts";
import type { TaskFileModel } from "../task-file-model.ts";
import { type ClassIndex, indexClasses } from "./class-index.ts";
import { DerivedValues } from "./derived-values.ts";
import { describeModule } from "./describe-module.ts";
import { digestModule, type ModuleDigest } from "./module-digest.ts";
import { Modules } from "./modules.ts";
import type { SourceHost } from "./source-host.ts";

/** A pseudo file: values derived from the list of task files depend on it like on a file. */
const TASK_FILES = "\0task files";
const NO_CLASSES = { classes: [], isHalfWritten: false } as const;
const NOTHING: ModuleDigest = {
  imports: [],
  exportedClasses: new Map(),
  mentionedNames: new Set(),
  mentionedClasses: new Set(),
  extendedClasses: new Set(),
  usedAsWhole: [],
  hasUnknownImports: false,
};

/**
 * Everything readable in the task files of a workspace folder and the files they import: each file is parsed on demand, and again when its
 * text has changed. Cheap to call as often as you like.
 */
export class SourceModel {
  readonly derived: DerivedValues;
  readonly modules: Modules;
  #taskFiles: ReadonlySet<string> = new Set();
  #timesSet = 0;

  constructor(host: SourceHost) {
    this.derived = new DerivedValues((file) => (file === TASK_FILES ? String(this.#timesSet) : host.version(file)));
    this.modules = new Modules(host, this.derived);
  }

  /** Absolute paths. */
  get taskFiles(): ReadonlySet<string> {
    return this.#taskFiles;
  }

  set taskFiles(files: Iterable<string>) {
    this.#taskFiles = new Set(files);
    this.#timesSet += 1;
  }

  /** The classes of a file, even if it is not a task file; none if it does not exist. */
  file(file: string): TaskFileModel {
    return this.derived.value(`model\0${file}`, () => {
      const module = this.modules.module(file);
      return this.#orUnanalysed({ file, ...NO_CLASSES }, module && (() => describeModule(this.modules, module)));
    });
  }

  /** Why a file is not analysed; `undefined` if it is. */
  unanalysed(file: string): Unanalysed | undefined {
    return this.file(file).unanalysed ?? this.#digest(file).unanalysed;
  }

  /** The task files, and the workspace files they import. */
  files(): readonly string[] {
    return this.derived.atOnce(() => {
      this.derived.version(TASK_FILES);
      const found = new Set(this.#taskFiles);
      for (const file of found) for (const imported of this.#digest(file).imports) found.add(imported);
      return [...found];
    });
  }

  /**
   * Reads what is new or has changed, in three steps for each file, so that callers can yield to other work in between. Afterwards the other
   * members only have to combine the results.
   */
  *reading(): Generator<void, void, void> {
    const found = new Set(this.#taskFiles);
    for (const file of found) {
      this.modules.module(file);
      yield;
      for (const imported of this.#digest(file).imports) found.add(imported);
      yield;
      this.file(file);
      yield;
    }
  }

  /** All classes, and how files refer to each other's. */
  classes(): ClassIndex {
    return this.derived.value("classes", () => {
      const files = this.files();
      const digests = new Map(files.map((file) => [file, this.#digest(file)]));
      return indexClasses(
        files.map((file) => this.file(file)),
        digests,
        this.#taskFiles,
      );
    });
  }

  #digest(file: string): ModuleDigest {
    return this.derived.value(`digest\0${file}`, () => {
      const module = this.modules.module(file);
      return this.#orUnanalysed(NOTHING, module && (() => digestModule(this.modules, module)));
    });
  }

  /** A bug in what reads a file costs that file, and no other. */
  #orUnanalysed<Value extends object>(nothing: Value, read: (() => Value) | undefined): Value & { readonly unanalysed?: Unanalysed } {
    try {
      return read?.() ?? nothing;
    } catch (error) {
      return { ...nothing, unanalysed: unanalysedBy(error) };
    }
  }
}
