import { join } from "node:path";
import type { TickEvent } from "../../../server/protocol/tick-event.ts";
import type { ReportedAction, TickReport } from "../../../server/service/index.ts";
import { currentTasks } from "../../../server/service/index.ts";
import { type HistoryEntry, JsonTaskStore, type RequestBody, type TaskRecord } from "../../../server/store/index.ts";
import { type NewTask, Supervisor, type SupervisorOptions, type TickOptions } from "../../../server/supervisor/index.ts";
import { TaskFolder } from "../../support/task-folder.ts";
import { makeTemporaryDirectory } from "../../support/temporary-directory.ts";
import { workerPath } from "./worker-path.ts";

/** What every task file in these tests begins with. */
const IMPORTS = `import { BackgroundTaskEx, BackgroundTaskExAction, type ActionError, type Deadline } from "background-task-ex";
import { appendFileSync } from "node:fs";
`;

/** A folder with task files of its own, worked on by real processes. */
export class SupervisedFolder extends TaskFolder {
  readonly #supervisors: Supervisor[] = [];

  /** @param files task files by name, without the imports that all of them need. */
  static async create(files: Readonly<Record<string, string>>): Promise<SupervisedFolder> {
    const folder = new SupervisedFolder(makeTemporaryDirectory(), IMPORTS);
    await folder.writeAll(files);
    return folder;
  }

  supervisor(options: Partial<SupervisorOptions> = {}): Supervisor {
    const supervisor = new Supervisor({ workspace: this.directory, workerPath, durability: "process", ...options });
    this.#supervisors.push(supervisor);
    return supervisor;
  }

  async createTask(task: string | NewTask): Promise<string> {
    const { id } = await this.supervisor().createTask(typeof task === "string" ? { class: task, params: {} } : task);
    return id;
  }

  /** A tick and all that was told of it. */
  async tick({ supervisor = this.supervisor(), ...options }: TickOptions & { supervisor?: Supervisor } = {}): Promise<ToldTick> {
    const events: TickEvent[] = [];
    const onEvent = (event: TickEvent) => {
      events.push(event);
      options.onEvent?.(event);
    };
    return new ToldTick(await supervisor.tick({ ...options, onEvent }), events);
  }

  async tasks(): Promise<readonly TaskRecord[]> {
    return this.#withStore(async (store) => currentTasks(await store.read()).tasks);
  }

  async task(id: string): Promise<TaskRecord> {
    const found = (await this.tasks()).find((task) => task.id === id);
    if (!found) throw new Error(`There is no task ${id}.`);
    return found;
  }

  async history(): Promise<readonly HistoryEntry[]> {
    return this.#withStore((store) => store.history());
  }

  async submit(request: RequestBody): Promise<void> {
    await this.#withStore((store) => store.submit(request));
  }

  /** The lines that tasks have appended to a file; none as long as it is not there. */
  async lines(name: string): Promise<string[]> {
    const text = await this.read(name).catch(() => "");
    return text.split("\n").filter(Boolean);
  }

  override async remove(): Promise<void> {
    await Promise.all(this.#supervisors.map((supervisor) => supervisor.close()));
    await super.remove();
  }

  async #withStore<Result>(work: (store: JsonTaskStore) => Promise<Result>): Promise<Result> {
    const store = await JsonTaskStore.open(join(this.directory, ".background-tasks"), { durability: "process" });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  }
}

export class ToldTick {
  constructor(
    readonly report: TickReport,
    readonly events: readonly TickEvent[],
  ) {}

  /** What is reported of the actions of one class. */
  actions(className: string): ReportedAction[] {
    return this.report.tasks.flatMap((task) => task.actions).filter((action) => action.class === className);
  }

  action(className: string): ReportedAction {
    const [action, ...more] = this.actions(className);
    if (!action || more.length > 0) throw new Error(`${more.length + (action ? 1 : 0)} actions of class ${className} were reported.`);
    return action;
  }

  of<Kind extends TickEvent["kind"]>(kind: Kind): Extract<TickEvent, { kind: Kind }>[] {
    return this.events.filter((event): event is Extract<TickEvent, { kind: Kind }> => event.kind === kind);
  }

  /** What an action has printed. */
  printed(className: string, stream: "stdout" | "stderr" = "stdout"): string {
    return this.of("output")
      .filter((event) => event.action?.class === className && event.stream === stream)
      .map((event) => event.text)
      .join("");
  }
}
