import { copyFile, cp, mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Fault, FileCall, Injection } from "../injection/fault.ts";
import { FIRED } from "../injection/fault.ts";
import { type CommandEnd, type Programs, runCommand } from "./command.ts";

const PARAMS = JSON.stringify({ delivered: 0, recovered: false, padding: "", sum: 0 });
const LOCKED_TRIES = 60;
const LOCKED_DELAY_MS = 500;
const create = (name: string) => ["create", "Deliveries", "--name", name, "--params", PARAMS, "--json"];

/** Two tasks: one is carried through a pause, a failure and its recovery to its end, the other is cancelled in the middle. */
export const COMMANDS: readonly (readonly string[])[] = [
  create("first"),
  create("second"),
  ["tick", "--json"],
  ["cancel", "second", "--json"],
  ["drain", "--json"],
];

/** A folder in which `COMMANDS` are run one after the other. */
export class DeliveryRun {
  readonly directory: string;
  readonly #programs: Programs;

  constructor(programs: Programs, directory: string) {
    this.#programs = programs;
    this.directory = directory;
  }

  /** @param from a folder to go on in a copy of. */
  async setUp({ taskFile, from }: { taskFile: string; from?: string }): Promise<void> {
    if (from === undefined) {
      await mkdir(this.directory, { recursive: true });
      await copyFile(taskFile, join(this.directory, "deliver.task.ts"));
    } else await cp(from, this.directory, { recursive: true, preserveTimestamps: true });
  }

  get store(): string {
    return join(this.directory, ".background-tasks");
  }

  async run(command: number, options: { fault?: Fault; diskLog?: string } = {}): Promise<{ end: CommandEnd; met: FileCall | undefined }> {
    const notes = this.#notes(command);
    await mkdir(notes, { recursive: true });
    const injection: Injection = { notes, store: this.store, ledger: join(this.directory, "ledger.jsonl"), ...options };
    const end = await runCommand(this.#programs, COMMANDS[command] ?? [], { cwd: this.directory, injection });
    const met = await readFile(join(notes, FIRED), "utf8").then(
      (text) => JSON.parse(text) as FileCall,
      () => undefined,
    );
    return { end, met };
  }

  /** Runs a command that no fault hits. */
  undisturbed(...args: readonly string[]): Promise<CommandEnd> {
    return runCommand(this.#programs, args, { cwd: this.directory });
  }

  /** Runs `drain` until it gets the mutex: a claim that a power cut has emptied counts for some seconds as one that is being written. */
  async drain(): Promise<CommandEnd> {
    for (let tries = 0; ; tries++) {
      const end = await this.undisturbed("drain");
      if (end.code !== 3 || tries === LOCKED_TRIES) return end;
      await delay(LOCKED_DELAY_MS);
    }
  }

  /** The calls of each process of a command that was run. */
  async calls(command: number): Promise<readonly (readonly FileCall[])[]> {
    const notes = this.#notes(command);
    const processes = (await readdir(notes)).filter((name) => name.startsWith("process-")).length;
    return Promise.all(
      Array.from({ length: processes }, async (_, process) => {
        const text = await readFile(join(notes, `calls-${process}.jsonl`), "utf8").catch(() => "");
        return text
          .split("\n")
          .slice(0, -1)
          .map((line) => JSON.parse(line) as FileCall);
      }),
    );
  }

  remove(): Promise<void> {
    return rm(this.directory, { recursive: true, force: true, maxRetries: 10 });
  }

  #notes(command: number): string {
    return `${this.directory}.notes/${command}`;
  }
}
