import type { OutputEvent } from "../../protocol/tick-event.ts";
import { InputError } from "../../service/index.ts";
import { Supervisor, type SupervisorOptions } from "../../supervisor/index.ts";
import type { NodeSearchResult } from "../node/node-search.ts";
import { environmentFor } from "../node/worker-environment.ts";
import type { FolderSettings } from "./folder-settings.ts";

/**
 * The supervisor of a folder, always by the settings as they are now: what runs already goes on as it was started.
 */
export class FolderSupervisor {
  readonly #workspace: string;
  readonly #onOutput: (output: OutputEvent) => void;
  #current: { readonly key: string; readonly supervisor: Supervisor } | undefined;
  readonly #all = new Set<Supervisor>();

  constructor(workspace: string, onOutput: (output: OutputEvent) => void) {
    this.#workspace = workspace;
    this.#onOutput = onOutput;
  }

  /** @throws InputError when there is no Node to execute anything with. */
  get(settings: FolderSettings, node: NodeSearchResult): Supervisor {
    if (node.found === undefined) throw new InputError(node.problem);
    const options: SupervisorOptions = {
      workspace: this.#workspace,
      nodePath: node.found.path,
      env: environmentFor(node.found, process.env),
      ...(settings.include && { include: settings.include }),
      ...(settings.durability && { durability: settings.durability }),
      ...(settings.grace !== undefined && { graceMs: settings.grace * 1_000 }),
    };
    const key = JSON.stringify(options);
    if (this.#current?.key !== key) {
      this.#current = { key, supervisor: new Supervisor({ ...options, onOutput: this.#onOutput }) };
      this.#all.add(this.#current.supervisor);
    }
    return this.#current.supervisor;
  }

  /** @param graceMs that what is executed is left to pause by itself. */
  async close(graceMs: number): Promise<void> {
    await Promise.all([...this.#all].map((supervisor) => supervisor.close(graceMs)));
  }
}
