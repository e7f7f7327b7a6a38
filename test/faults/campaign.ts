import { appendFile, copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DiskOperation } from "./injection/disk-operation.ts";
import { type Fault, type FaultKind, mayHit } from "./injection/fault.ts";
import { checkDeliveries, checkEnd, type Promises } from "./world/check-deliveries.ts";
import type { CommandEnd, Programs } from "./world/command.ts";
import { COMMANDS, DeliveryRun } from "./world/delivery-run.ts";
import { Disk, type Random } from "./world/disk-image.ts";

export const CALL_FAULTS: readonly FaultKind[] = [
  "kill before",
  "kill after",
  "tear",
  "short write",
  "EIO",
  "EMFILE",
  "EACCES",
  "ENOSPC",
  "EDQUOT",
];
export const POWER_CUTS = ["power cut", "power cut after a failed sync"] as const;
export type Kind = FaultKind | (typeof POWER_CUTS)[number];
export const KINDS: readonly Kind[] = [...CALL_FAULTS, ...POWER_CUTS];

/** One fault at one place, and what came of it. */
export interface Trial {
  readonly kind: Kind;
  /** For a person: `tick, process 1, call 17: fdatasync tasks.jsonl`. */
  readonly place: string;
  /** False if the run took another way and never came to the place. */
  readonly met: boolean;
  /** What is wrong with it; empty if the fault was survived. */
  readonly wrong: readonly string[];
  /** Where the folder is left if something is wrong. */
  readonly directory?: string;
}

interface Place {
  readonly kind: FaultKind;
  readonly command: number;
  readonly fault: Fault;
  readonly description: string;
}

interface Recording {
  /** In which the recorded run took place. */
  readonly directory: string;
  readonly operations: readonly DiskOperation[];
}

export interface CampaignOptions {
  readonly programs: Programs;
  readonly taskFile: string;
  /** Used for nothing else. */
  readonly directory: string;
  readonly random: Random;
  /** Stays as it was at failures, for a look at them. */
  readonly keep: boolean;
}

/** Runs the commands of a `DeliveryRun` again and again, each time with one fault, and checks what the product made of it. */
export class Campaign {
  readonly #options: CampaignOptions;
  /** What each command called without a fault. */
  readonly #calls: (readonly (readonly { readonly name: string; readonly path: string }[])[])[] = [];
  #trials = 0;

  constructor(options: CampaignOptions) {
    this.#options = options;
  }

  /** Runs all commands once, keeps the folder as it was before each, and learns which calls there are. */
  async rehearse(): Promise<void> {
    const { taskFile } = this.#options;
    const run = this.#run("rehearsal");
    await run.setUp({ taskFile });
    for (const command of COMMANDS.keys()) {
      await this.#run(`before-${command}`).setUp({ taskFile, from: run.directory });
      const { end } = await run.run(command);
      if (end.code !== 0) throw new Error(`Without a fault, ${COMMANDS[command]?.join(" ")} ended: ${JSON.stringify(end)}`);
      this.#calls.push(await run.calls(command));
    }
    const wrong = await checkDeliveries(run, await run.drain(), {
      created: new Set(["first", "second"]),
      cancelled: new Set(["second"]),
      aProcessDied: false,
      mayReportDamage: false,
    });
    if (wrong.length > 0) throw new Error(`Without a fault:\n${wrong.join("\n")}`);
  }

  /** @param count at most so many, spread over all places where such a fault may happen. */
  async *tryFaults(kind: FaultKind, count: number): AsyncGenerator<() => Promise<Trial>> {
    for (const place of spread(this.#places(kind), count)) yield () => this.#try(place);
  }

  /**
   * Records a run, and yields the moments at which its power is cut.
   *
   * @param failingSync if given, that sync of the worker's fails once.
   */
  async *cutPower(kind: (typeof POWER_CUTS)[number], count: number): AsyncGenerator<() => Promise<Trial>> {
    const recordings = kind === "power cut" ? [undefined] : spread(this.#syncs(), Math.max(1, Math.ceil(count / 8)));
    for (const [index, place] of recordings.entries()) {
      const recording = await this.#record(`${kind} ${index}`, place);
      const cuts = spread([...recording.operations.keys()], Math.ceil(count / recordings.length));
      for (const cut of cuts) yield () => this.#cut(kind, recording, cut, place);
    }
  }

  #run(name: string): DeliveryRun {
    return new DeliveryRun(this.#options.programs, join(this.#options.directory, name));
  }

  #places(kind: FaultKind): readonly Place[] {
    return this.#calls.flatMap((processes, command) =>
      processes.flatMap((calls, process) =>
        calls.flatMap((call, index) =>
          mayHit(kind, call)
            ? [
                {
                  kind,
                  command,
                  fault: { kind, process, call: index },
                  description: `${COMMANDS[command]?.[0]}, ${process === 0 ? "command" : `worker ${process}`}, call ${index}: ${call.name} ${call.path || "."}`,
                },
              ]
            : [],
        ),
      ),
    );
  }

  #syncs(): readonly Place[] {
    return this.#places("EIO").filter(({ description }) => /: (fdatasync|fsync|write) /.test(description));
  }

  async #try({ kind, command, fault, description }: Place): Promise<Trial> {
    const run = this.#run(`trial-${++this.#trials}`);
    await run.setUp({ taskFile: this.#options.taskFile, from: join(this.#options.directory, `before-${command}`) });
    const ends = new Map<number, CommandEnd>();
    const wrong: string[] = [];
    const { end, met } = await run.run(command, { fault });
    ends.set(command, end);
    wrong.push(...checkEnd(`${COMMANDS[command]?.[0]}`, end));
    for (let next = command + 1; next < COMMANDS.length; next++) ends.set(next, await run.undisturbed(...(COMMANDS[next] ?? [])));
    wrong.push(...(await checkDeliveries(run, await run.drain(), promisesOf(ends, command, kind))));
    return this.#finish(run, { kind, place: description, met: met !== undefined, wrong });
  }

  async #record(name: string, place?: Place): Promise<Recording> {
    const run = this.#run(name.replaceAll(" ", "-"));
    await run.setUp({ taskFile: this.#options.taskFile });
    const diskLog = `${run.directory}.operations.jsonl`;
    for (const command of COMMANDS.keys()) {
      const { end } = await run.run(command, { diskLog, ...(place?.command === command && { fault: place.fault }) });
      const ended: DiskOperation = { kind: "command ends", command, code: end.code, stdout: end.stdout };
      await appendFile(diskLog, `${JSON.stringify(ended)}\n`);
    }
    const lines = (await readFile(diskLog, "utf8")).split("\n").slice(0, -1);
    return { directory: run.directory, operations: lines.map((line) => JSON.parse(line) as DiskOperation) };
  }

  async #cut(kind: Kind, { directory, operations }: Recording, cut: number, place: Place | undefined): Promise<Trial> {
    const disk = new Disk(directory);
    const before = operations.slice(0, cut + 1);
    for (const operation of before) disk.follow(operation);
    const run = this.#run(`trial-${++this.#trials}`);
    await mkdir(run.directory, { recursive: true });
    await copyFile(this.#options.taskFile, join(run.directory, "deliver.task.ts"));
    for (const [path, content] of disk.image(this.#options.random)) {
      if (content === null) await mkdir(join(run.directory, path), { recursive: true });
      else await writeFile(join(run.directory, path), content);
    }
    const ledger = before.flatMap((operation) => (operation.kind === "ledger" ? [`${operation.line}\n`] : []));
    if (ledger.length > 0) await writeFile(join(run.directory, "ledger.jsonl"), ledger.join(""));
    const ended = before.flatMap((operation) => (operation.kind === "command ends" && operation.code === 0 ? [operation.command] : []));
    const promises: Promises = {
      created: new Set([...(ended.includes(0) ? ["first"] : []), ...(ended.includes(1) ? ["second"] : [])]),
      cancelled: new Set(ended.includes(3) ? ["second"] : []),
      aProcessDied: true,
      mayReportDamage: true,
    };
    const wrong = await checkDeliveries(run, await run.drain(), promises);
    const where = `before ${describe(operations[cut + 1])}${place ? `, after EIO at ${place.description}` : ""}`;
    return this.#finish(run, { kind, place: where, met: true, wrong });
  }

  async #finish(run: DeliveryRun, trial: Omit<Trial, "directory">): Promise<Trial> {
    if (trial.wrong.length > 0 && this.#options.keep) return { ...trial, directory: run.directory };
    await run.remove();
    return trial;
  }
}

function promisesOf(ends: ReadonlyMap<number, CommandEnd>, hit: number, kind: FaultKind): Promises {
  // What comes before the fault is in the copied folder, and went well.
  const went = (command: number) => command < hit || ends.get(command)?.code === 0;
  return {
    created: new Set([...(went(0) ? ["first"] : []), ...(went(1) ? ["second"] : [])]),
    // A task that has ended cannot be cancelled.
    cancelled: new Set(went(3) ? ["second"] : []),
    aProcessDied: ["kill before", "kill after", "tear"].includes(kind),
    mayReportDamage: false,
  };
}

function describe(operation: DiskOperation | undefined): string {
  if (!operation) return "nothing more";
  if ("path" in operation) return `${operation.kind} ${operation.path.split("/").at(-1)}`;
  if ("from" in operation) return `${operation.kind} ${operation.from.split("/").at(-1)}`;
  return operation.kind;
}

/** At most `count` of them, evenly. */
function spread<Item>(items: readonly Item[], count: number): readonly Item[] {
  if (items.length <= count) return items;
  return Array.from({ length: count }, (_, index) => items[Math.floor(((index + 0.5) * items.length) / count)] as Item);
}
