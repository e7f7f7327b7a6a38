import { findClassDeclaration } from "../../language/class-declaration.ts";
import type { ClassState } from "../../protocol/folder-state.ts";
import type { ScheduleRecord } from "../../store/index.ts";
import type { WorkspaceDescription } from "../../worker/channel/workspace-description.ts";

/** What the task files of a folder export, and what they need. */
export type Catalog = WorkspaceDescription;

const NOTHING: Catalog = { classes: [], imports: [], problems: [] };

/** What the task files of a folder export, as a worker found it that loaded them. */
export class ClassCatalog {
  readonly #describe: () => Promise<WorkspaceDescription>;
  readonly #onChange: () => void | Promise<void>;
  #catalog = NOTHING;
  #running: Promise<void> | undefined;
  /** The one after that which is running: it will see what has changed since that began. */
  #next: Promise<void> | undefined;

  constructor(describe: () => Promise<WorkspaceDescription>, onChange: () => void | Promise<void>) {
    this.#describe = describe;
    this.#onChange = onChange;
  }

  get current(): Catalog {
    return this.#catalog;
  }

  /** Whether the files were looked into. */
  get isKnown(): boolean {
    return this.#catalog !== NOTHING;
  }

  clear(): void {
    if (this.#catalog === NOTHING) return;
    this.#catalog = NOTHING;
    void this.#onChange();
  }

  /** Looks at the files as they are now. Several calls meanwhile share one look. @throws whatever describing throws. */
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
    this.#catalog = await this.#describe();
    await this.#onChange();
  }
}

/**
 * @param texts of the files, to find the declarations in.
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

/** Each tick remembers the next occurrence; what was described once grows old. */
function nextOf(
  name: string,
  definition: string,
  described: string | null | undefined,
  schedules: readonly ScheduleRecord[],
): string | null | undefined {
  const record = schedules.find((candidate) => candidate.name === name);
  return record && (record.definition === undefined || record.definition === definition) ? record.nextOccurrence : described;
}
