/** How many files there are of each kind. */
const AREAS = ["billing", "catalogue", "customers", "deliveries", "exports", "imports", "orders", "reports", "search", "stock"] as const;
const TASK_FILES = 200;
const FILES = 2_000;

/** The task file that is written in. */
export const WRITTEN_FILE = "orders/tasks/orders-7.task.ts";
/** Stands in it once, where an expression does. */
export const WRITTEN_PLACE = "this.params.batchSize";

/**
 * A workspace as it grows in years: 200 task files whose actions descend from base classes of other files, and 1,800 modules, some of which
 * the task files import. Names, which contain folders, to texts.
 */
export function largeWorkspace(): Record<string, string> {
  const files: Record<string, string> = {
    "shared/resumable.ts": RESUMABLE,
    "shared/maintenance.ts": MAINTENANCE,
    "shared/index.ts": 'export { Maintenance } from "./maintenance.ts";\nexport { Resumable, type Position } from "./resumable.ts";\n',
  };
  for (const area of AREAS) {
    files[`${area}/tasks/common.ts`] = common(area);
    for (let number = 0; number < TASK_FILES / AREAS.length; number++)
      files[`${area}/tasks/${area}-${number}.task.ts`] = taskFile(area, number);
  }
  for (let number = 0; Object.keys(files).length < FILES; number++) {
    const area = AREAS[number % AREAS.length] ?? "orders";
    files[`${area}/lib/${area}-${Math.floor(number / AREAS.length)}.ts`] = library(area, Math.floor(number / AREAS.length));
  }
  return files;
}

const RESUMABLE = `import { BackgroundTaskExAction, type Deadline } from "background-task-ex";

export interface Position {
  directory: string;
  lastName: string;
  batchSize: number;
  done: number;
}

/** Goes through something in batches, each of which is saved when it is done. */
export abstract class Resumable extends BackgroundTaskExAction<Position> {
  abstract nextBatch(): Promise<readonly string[]>;
  abstract work(name: string): Promise<void>;

  async executeAction(deadline: Deadline) {
    for (let batch = await this.nextBatch(); batch.length > 0; batch = await this.nextBatch()) {
      if (deadline.isReached()) return false;
      for (const name of batch) {
        await this.work(name);
        this.params.lastName = name;
        this.params.done += 1;
      }
      await this.checkpoint();
    }
    return true;
  }
}
`;

const MAINTENANCE = `import { BackgroundTaskEx } from "background-task-ex";

export abstract class Maintenance extends BackgroundTaskEx<{ directory: string; days: number }> {
  get oldest(): number {
    return Date.now() - this.params.days * 86_400_000;
  }
}
`;

function common(area: string): string {
  return `import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { Resumable } from "../../shared/index.ts";

/** Goes through the files of a directory in the order of their names. */
export abstract class ${named(area)}Files extends Resumable {
  async nextBatch() {
    const names = await readdir(this.params.directory);
    return names.filter((name) => name > this.params.lastName).sort().slice(0, this.params.batchSize);
  }

  async sizeOf(name: string): Promise<number> {
    return (await stat(join(this.params.directory, name))).size;
  }
}
`;
}

function taskFile(area: string, number: number): string {
  const name = `${named(area)}${number}`;
  const other = (number + 1) % (TASK_FILES / AREAS.length);
  const imports = [0, 1, 2].map(
    (step) => `import { ${area}Total${(number * 3 + step) % 100} } from "../lib/${area}-${(number * 3 + step) % 100}.ts";`,
  );
  return `import { mkdir, readFile, rename, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Actions, BackgroundTaskEx, BackgroundTaskExAction, backoff, type Deadline, weekly } from "background-task-ex";
import { Maintenance } from "../../shared/index.ts";
${imports.join("\n")}
import { ${named(area)}Files } from "./common.ts";
${number % 4 === 0 ? `import { Archive${named(area)}${other} } from "./${area}-${other}.task.ts";\n` : ""}
interface Counted {
  directory: string;
  lastName: string;
  batchSize: number;
  total: number;
}

/** Counts what there is, a batch at a time. */
export class Count${name} extends BackgroundTaskExAction<Counted> {
  static override readonly maxAttempts = 3;
  static override readonly retryDelay = backoff({ first: 1_000, factor: 2, most: 60_000 });

  override async initActionParams() {
    await mkdir(this.params.directory, { recursive: true });
    return ${area}Total${(number * 3) % 100}([this.params.directory]) >= 0;
  }

  override changeActionParamsOnError() {
    this.params.batchSize = Math.floor(this.params.batchSize / 2);
    return this.params.batchSize >= 1;
  }

  async executeAction(deadline: Deadline) {
    while (!deadline.isReached()) {
      const text = await readFile(join(this.params.directory, "names.txt"), "utf8");
      const names = text.split("\\n").filter((line) => line > this.params.lastName).slice(0, this.params.batchSize);
      if (names.length === 0) return true;
      this.params.total += ${area}Total${(number * 3 + 1) % 100}(names);
      this.params.lastName = names.at(-1) ?? this.params.lastName;
      await this.checkpoint();
      this.reportProgress({ done: this.params.total, total: this.params.total + names.length });
    }
    return false;
  }
}

/** Puts files that are done away, never half of one. */
export class Archive${name} extends ${named(area)}Files {
  async work(name: string) {
    const source = join(this.params.directory, name);
    const target = join(this.params.directory, "archive", name);
    if ((await this.sizeOf(name)) === 0) {
      await unlink(source);
      return;
    }
    await rename(source, target);
  }
}

export class Report${name} extends BackgroundTaskExAction<Counted> {
  async executeAction() {
    const { directory, total } = this.params;
    await writeFile(join(directory, "report.json"), JSON.stringify({ total, share: ${area}Total${(number * 3 + 2) % 100}([directory]) / Math.max(1, total) }));
    this.task.message = \`\${total} counted\`;
    return true;
  }
}

export class Nightly${name} extends Maintenance {
  static override readonly schedule = weekly({ days: ["mon", "thu"], from: "01:30", to: "05:00" });

  override createActions() {
    const { directory } = this.params;
    return [
      new Count${name}({ directory, lastName: "", batchSize: 64, total: 0 }),
      new Archive${name}({ directory, lastName: "", batchSize: 64, done: 0 }),
      ${number % 4 === 0 ? `new Archive${named(area)}${other}({ directory, lastName: "", batchSize: 8, done: 0 }),` : ""}
      new Report${name}({ directory, lastName: "", batchSize: 64, total: 0 }),
    ];
  }
}

export class Recount${name} extends BackgroundTaskEx<Counted> {
  static override readonly actions = [Count${name}, Report${name}] satisfies Actions<Counted>;
}
`;
}

function library(area: string, number: number): string {
  const before = number % 10 === 0 ? "" : `import { ${area}Total${number - 1} } from "./${area}-${number - 1}.ts";\n\n`;
  return `${before}export interface ${named(area)}Row${number} {
  readonly name: string;
  readonly amount: number;
}

export function ${area}Rows${number}(names: readonly string[]): ${named(area)}Row${number}[] {
  return names.map((name, index) => ({ name, amount: name.length * ${number + 1} + index }));
}

export function ${area}Total${number}(names: readonly string[]): number {
  const own = ${area}Rows${number}(names).reduce((total, { amount }) => total + amount, 0);
  return ${before === "" ? "own" : `own + ${area}Total${number - 1}(names)`};
}
`;
}

function named(area: string): string {
  return area[0]?.toUpperCase() + area.slice(1);
}
