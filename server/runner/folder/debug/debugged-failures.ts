import { randomUUID } from "node:crypto";
import type { DebugFailureAnswer, DebugFailureLaunch, DebugLaunch } from "../../../protocol/runner-protocol.ts";
import { currentTasks, type FailedAttempt, failedAttempt, findStoredOrEnded, InputError, isDamaged } from "../../../service/index.ts";
import type { HistoryEntry, TaskRecord } from "../../../store/index.ts";
import type { RepeatResult } from "../../../supervisor/index.ts";
import type { FolderStore } from "../folder-store.ts";
import type { FolderSupervisor } from "../folder-supervisor.ts";
import type { FolderNode } from "../sources/folder-node.ts";
import { debugFailureAnswer } from "./debug-failure-answer.ts";
import { debugRequestFor } from "./debug-request.ts";
import { debuggedSources } from "./debugged-sources.ts";

export interface DebuggedFailuresParts {
  readonly directory: string;
  readonly store: FolderStore;
  readonly node: FolderNode;
  readonly supervisor: FolderSupervisor;
}

interface DebuggedFailure {
  readonly attempt: FailedAttempt;
  readonly begin: () => void;
  readonly gone: AbortController;
  readonly result: Promise<RepeatResult>;
}

/**
 * The failed attempts of a folder that are being repeated under a debugger. They only read the store, so several may run at once, and a
 * tick at the same time.
 */
export class DebuggedFailures {
  readonly #parts: DebuggedFailuresParts;
  /** By id, until the client has received their result. */
  readonly #debugged = new Map<string, DebuggedFailure>();

  constructor(parts: DebuggedFailuresParts) {
    this.#parts = parts;
  }

  /**
   * Prepares a process that waits for a debugger, and then for `begin`.
   *
   * @param action an id, or the position in a history entry; empty if the task failed as a whole.
   * @throws InputError, ConfigError, StoreError, WorkerError
   */
  async prepare(task: string, action: string): Promise<DebugFailureLaunch> {
    const attempt = failedAttempt(await this.#find(task), action);
    const node = await this.#parts.node.get();
    if (!node.found) throw new InputError(node.problem);
    const request = debugRequestFor(node.found);
    const id = randomUUID();
    const gone = new AbortController();
    let begin = () => {};
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const target = new Promise<DebugLaunch["target"]>((resolve, reject) => {
      const result = this.#parts.supervisor.repeat(attempt, { request, onReady: resolve, gone: gone.signal, begin: begun });
      this.#debugged.set(id, { attempt, begin, gone, result });
      result.then(() => reject(new InputError("The process to debug has already ended.")), reject);
    });
    try {
      return { id, target: await target, ...debuggedSources(this.#parts.directory), ...described(attempt) };
    } catch (error) {
      this.#debugged.delete(id);
      throw error;
    }
  }

  /** The debugger knows where to stop. @throws InputError */
  begin(id: string): void {
    this.#get(id).begin();
  }

  /** The debugger is gone, or did not attach: ends the rest of the process. @throws InputError, StoreError, WorkerError */
  async end(id: string): Promise<DebugFailureAnswer> {
    const { attempt, gone, result } = this.#get(id);
    gone.abort();
    try {
      const came = await result;
      return debugFailureAnswer(attempt, came, await this.#stored(attempt.task.id));
    } finally {
      this.#debugged.delete(id);
    }
  }

  #get(id: string): DebuggedFailure {
    const debugged = this.#debugged.get(id);
    if (!debugged) throw new InputError("This failure is no longer being debugged.");
    return debugged;
  }

  async #stored(id: string): Promise<TaskRecord | undefined> {
    return currentTasks(await this.#parts.store.read()).tasks.find((task) => task.id === id);
  }

  /** @throws InputError if there is none, or it can no longer be read */
  async #find(id: string): Promise<TaskRecord | HistoryEntry> {
    const task = await findStoredOrEnded(this.#parts.store, id);
    if (!isDamaged(task)) return task;
    throw new InputError(`Task ${task.name} (${id}) is damaged, so its failure cannot be read: ${task.problem}`);
  }
}

function described({ task, call, error, wasThrown }: FailedAttempt): Pick<DebugFailureLaunch, "name" | "attempt" | "thrown"> {
  const action = call.method === "getNextAction" ? undefined : task.actions.find(({ id }) => id === call.action);
  return {
    name: action?.name ?? task.name,
    ...(action && { attempt: action.attempt }),
    ...(wasThrown && { thrown: { message: error.message } }),
  };
}
