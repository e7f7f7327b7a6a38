import { type FailedAttempt, InputError, type TickReport } from "../../service/index.ts";
import {
  type NewTask,
  type RepeatDebugging,
  type RepeatResult,
  Supervisor,
  type SupervisorOptions,
  type TickOptions,
} from "../../supervisor/index.ts";
import type { Catalog, ObservedFolder } from "../model/observed-folder.ts";
import { environmentFor } from "../node/worker-environment.ts";
import type { FolderLog } from "./folder-log.ts";
import type { FolderNode } from "./sources/folder-node.ts";

/** Starts the workers of a folder with the current settings; running ones keep theirs. Its methods throw InputError if there is no Node. */
export class FolderSupervisor {
  readonly #model: ObservedFolder;
  readonly #node: FolderNode;
  readonly #log: FolderLog;
  #current: { readonly key: string; readonly supervisor: Supervisor } | undefined;
  readonly #all = new Set<Supervisor>();

  constructor(model: ObservedFolder, node: FolderNode, log: FolderLog) {
    this.#model = model;
    this.#node = node;
    this.#log = log;
  }

  async tick(options: TickOptions): Promise<TickReport> {
    return (await this.#get()).tick({ ...this.#timeLimit(), ...options });
  }

  async repeat(attempt: FailedAttempt, debugging: RepeatDebugging): Promise<RepeatResult> {
    return (await this.#get()).repeat(attempt, { ...this.#timeLimit(), debugging });
  }

  async createTask(task: NewTask): Promise<{ readonly id: string }> {
    return (await this.#get()).createTask(task);
  }

  async describe(): Promise<Catalog> {
    return (await this.#get()).describe();
  }

  /** @param graceMs milliseconds for the running action to pause on its own. */
  async close(graceMs: number): Promise<void> {
    await Promise.all([...this.#all].map((supervisor) => supervisor.close(graceMs)));
  }

  async #get(): Promise<Supervisor> {
    const { found, problem } = await this.#node.get();
    if (found === undefined) throw new InputError(problem);
    const { directory, settings } = this.#model.slices;
    const options: SupervisorOptions = {
      workspace: directory,
      nodePath: found.path,
      env: environmentFor(found, process.env),
      ...(settings.include && { include: settings.include }),
      ...(settings.durability && { durability: settings.durability }),
      ...(settings.grace !== undefined && { graceMs: settings.grace * 1_000 }),
    };
    const key = JSON.stringify(options);
    if (this.#current?.key !== key) {
      this.#current = { key, supervisor: new Supervisor({ ...options, onOutput: (output) => this.#log.output(output) }) };
      this.#all.add(this.#current.supervisor);
    }
    return this.#current.supervisor;
  }

  #timeLimit(): { readonly maxExecutionTimeMs?: number } {
    const { maxExecutionTime } = this.#model.slices.settings;
    return maxExecutionTime === undefined ? {} : { maxExecutionTimeMs: maxExecutionTime * 1_000 };
  }
}
