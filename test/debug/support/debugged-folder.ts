import type {
  DebugFailureAnswer,
  DebugFailureLaunch,
  DebugLaunch,
  RunnerOptions,
  TickAnswer,
} from "../../../server/protocol/runner-protocol.ts";
import { requests } from "../../../server/protocol/runner-protocol.ts";
import { type ClientOptions, RunnerClient, uriOf } from "../../runner/support/runner-client.ts";
import { storedFiles } from "../../runner/support/stored-files.ts";
import { lineIn, TaskWorkspace } from "../../runner/support/task-workspace.ts";
import { Debugger, type DebuggerOptions } from "./debugger.ts";
import type { SourceLine } from "./source-map-of.ts";

export const TASK_FILE = "debugged.task.ts";

/** A folder with one task file, the runner that follows it, and whoever debugs its ticks. */
export class DebuggedFolder {
  readonly #debuggers: Debugger[] = [];

  private constructor(
    readonly workspace: TaskWorkspace,
    readonly runner: RunnerClient,
    readonly text: string,
  ) {}

  static async open(text: string, options: ClientOptions & { readonly options?: RunnerOptions } = {}): Promise<DebuggedFolder> {
    const workspace = await TaskWorkspace.create({ [TASK_FILE]: text });
    return new DebuggedFolder(workspace, await RunnerClient.start([workspace.directory], options), text);
  }

  get folder(): string {
    return uriOf(this.workspace.directory);
  }

  async create(className: string, params: object = {}): Promise<string> {
    return (await this.runner.request<{ id: string }>(requests.createTask, { folder: this.folder, class: className, params })).id;
  }

  prepare(filter: { readonly task?: string; readonly class?: string } = {}): Promise<DebugLaunch> {
    return this.runner.request(requests.prepareDebug, { folder: this.folder, ...filter });
  }

  prepareFailure(task: string, action: string): Promise<DebugFailureLaunch> {
    return this.runner.request(requests.prepareDebugFailure, { folder: this.folder, task, action });
  }

  /** Lets a failed attempt be made again whose debugger is there. */
  begin({ id }: DebugFailureLaunch): Promise<null> {
    return this.runner.request(requests.beginDebugFailure, { folder: this.folder, id });
  }

  endFailure({ id }: DebugFailureLaunch): Promise<DebugFailureAnswer> {
    return this.runner.request(requests.endDebugFailure, { folder: this.folder, id });
  }

  /** Every file of the store with its bytes. */
  stored(): ReturnType<typeof storedFiles> {
    return storedFiles(this.workspace.directory);
  }

  async debug(launch: DebugLaunch, options?: DebuggerOptions): Promise<Debugger> {
    const session = await Debugger.start(launch.target, options);
    this.#debuggers.push(session);
    return session;
  }

  end({ id }: DebugLaunch): Promise<TickAnswer> {
    return this.runner.request(requests.endDebug, { folder: this.folder, id });
  }

  tick(): Promise<TickAnswer> {
    return this.runner.request(requests.runTick, { folder: this.folder, startedBy: "person" });
  }

  async list(): Promise<ListedTask[]> {
    return JSON.parse(await this.workspace.cli("list", "--json")).tasks;
  }

  async history(): Promise<EndedTask[]> {
    return JSON.parse(await this.workspace.cli("history", "--json")).entries;
  }

  /** The first line of the task file that contains `part`. */
  line(part: string): SourceLine {
    return { file: this.workspace.path(TASK_FILE), line: lineIn(this.text, part) + 1 };
  }

  async close(): Promise<void> {
    for (const session of this.#debuggers) session.kill();
    await this.runner.stop();
    await this.workspace.remove();
  }
}

export interface ListedTask {
  readonly id: string;
  readonly status: string;
  readonly actions: readonly {
    readonly id: string;
    readonly class: string;
    readonly attempt: number;
    readonly outcome?: string;
    readonly error?: { readonly message: string };
  }[];
}

export interface EndedTask {
  readonly outcome: string;
  readonly id: string;
  readonly actions: readonly {
    readonly class: string;
    readonly outcome: string;
    readonly attempts: readonly { readonly error?: Readonly<Record<string, unknown>> }[];
  }[];
}
