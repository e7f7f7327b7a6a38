import { findClassDeclaration } from "../../../language/class-declaration.ts";
import type { ClassState } from "../../../protocol/folder-state.ts";
import type { ScheduleRecord } from "../../../store/index.ts";
import type { SourceTexts } from "../../documents/source-texts.ts";
import { type Catalog, EMPTY_CATALOG, type ObservedFolder } from "../../model/observed-folder.ts";
import type { FolderSupervisor } from "../folder-supervisor.ts";

/** The exports of a folder's task files, as loaded by a worker. */
export class ClassCatalog {
  readonly #model: ObservedFolder;
  readonly #supervisor: FolderSupervisor;
  readonly #texts: SourceTexts;
  #catalog = EMPTY_CATALOG;
  #running: Promise<void> | undefined;
  /** The scan after the current one: it will see what has changed since that started. */
  #next: Promise<void> | undefined;

  constructor(model: ObservedFolder, supervisor: FolderSupervisor, texts: SourceTexts) {
    this.#model = model;
    this.#supervisor = supervisor;
    this.#texts = texts;
    model.follow(["schedules"], () => void this.#show());
  }

  get current(): Catalog {
    return this.#catalog;
  }

  async clear(): Promise<void> {
    if (this.#catalog === EMPTY_CATALOG) return;
    this.#catalog = EMPTY_CATALOG;
    await this.#show();
  }

  /** Scans the current files. Concurrent calls share one scan. @throws any error thrown by the scan. */
  refresh(): Promise<void> {
    if (!this.#running) return this.#start();
    this.#next ??= this.#running.catch(() => {}).then(() => this.#start());
    return this.#next;
  }

  #start(): Promise<void> {
    this.#next = undefined;
    this.#running = this.#look().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #look(): Promise<void> {
    this.#catalog = await this.#supervisor.describe();
    await this.#show();
  }

  async #show(): Promise<void> {
    const texts = await this.#texts.texts(this.#catalog.classes.flatMap(({ file }) => file ?? []));
    // The latest one, regardless of the caller.
    const catalog = this.#catalog;
    this.#model.set({
      catalog,
      classes: classStates(catalog, this.#model.slices.schedules, texts, Date.now()),
      areClassesKnown: catalog !== EMPTY_CATALOG,
      loadProblems: catalog.problems,
    });
  }
}

/**
 * @param texts of the files, to find declarations.
 * @param now epoch milliseconds.
 */
export function classStates(
  { classes }: Catalog,
  schedules: readonly ScheduleRecord[],
  texts: ReadonlyMap<string, string>,
  now: number,
): ClassState[] {
  return classes.map(({ actions: _ofNoUseToClients, nextOccurrence, nextOccurrences, ...described }) => {
    const { name, file, schedule } = described;
    const line = file === undefined ? undefined : findClassDeclaration(texts.get(file) ?? "", name)?.line;
    const next = schedule === undefined ? undefined : nextOf(name, schedule, nextOccurrence, schedules);
    return {
      ...described,
      ...(line !== undefined && { line }),
      ...(next !== undefined && { nextOccurrence: next }),
      ...(nextOccurrences && { nextOccurrences: nextOccurrences.filter((moment) => Date.parse(moment) > now) }),
    };
  });
}

/** Each tick stores the next occurrence; the scanned one gets stale. */
function nextOf(
  name: string,
  definition: string,
  described: string | null | undefined,
  schedules: readonly ScheduleRecord[],
): string | null | undefined {
  const record = schedules.find((candidate) => candidate.name === name);
  return record && (record.definition === undefined || record.definition === definition) ? record.nextOccurrence : described;
}
