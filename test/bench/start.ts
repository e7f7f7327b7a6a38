import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { JsonTaskStore } from "../../server/store/index.ts";
import { Supervisor } from "../../server/supervisor/index.ts";
import type { Result } from "./result.ts";
import { inTurns, median, ratio } from "./rounds.ts";
import { inScratch } from "./scratch.ts";
import { storeTask } from "./stored-records.ts";

const DIST = resolve(process.env.DIST ?? "dist");

/** Tells by a clock that all processes share when it is executed. */
const TASK_FILE = `import { BackgroundTaskEx, BackgroundTaskExAction } from "background-task-ex";
import { writeFileSync } from "node:fs";

export class NoteTheTime extends BackgroundTaskExAction<{ file: string }> {
  executeAction() {
    writeFileSync(this.params.file, String(process.hrtime.bigint()));
    return true;
  }
}

export class FirstAction extends BackgroundTaskEx<{ file: string }> {
  static override readonly actions = [NoteTheTime];
}
`;

/** From the start of a tick to the first action of it, in a workspace whose task files are built. */
export async function start(quick: boolean): Promise<Result[]> {
  return inScratch(async (directory) => {
    const workspace = resolve(directory);
    writeFileSync(join(workspace, "first-action.task.ts"), TASK_FILE);
    mkdirSync(join(workspace, "out"));
    const supervisor = new Supervisor({ workspace, workerPath: join(DIST, "worker.js") });
    const commandLine = () => run(join(DIST, "cli.js"), "tick", "--workspace", workspace, "--json");
    const times = await inTurns(quick ? 3 : 15, {
      node: () => millisecondsOf(() => run("-e", "0")),
      commandLine: () => millisecondsToFirstAction(workspace, commandLine),
      supervisor: () => millisecondsToFirstAction(workspace, () => supervisor.tick()),
    });
    await supervisor.close();
    const comparedTo = "node -e 0";
    const note = (name: keyof typeof times) => `${median(times[name]).toFixed(0)} ms : ${median(times.node).toFixed(0)} ms`;
    return [
      {
        what: "command line to first action",
        comparedTo,
        measured: ratio(times.commandLine, times.node),
        target: { atMost: 3 },
        note: note("commandLine"),
      },
      {
        what: "running supervisor to first action",
        comparedTo,
        measured: ratio(times.supervisor, times.node),
        target: { atMost: 1.5 },
        note: note("supervisor"),
      },
    ];
  });
}

async function millisecondsToFirstAction(workspace: string, tick: () => Promise<unknown>): Promise<number> {
  const file = join(workspace, "out", "time");
  writeFileSync(file, "");
  const store = await JsonTaskStore.open(join(workspace, ".background-tasks"));
  await storeTask(store, { class: "FirstAction", actions: ["NoteTheTime"], params: { file } });
  await store.close();
  const before = process.hrtime.bigint();
  await tick();
  const noted = readFileSync(file, "utf8");
  if (noted === "") throw new Error("The action was not executed.");
  return Number(BigInt(noted) - before) / 1e6;
}

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - before) / 1e6;
}

/** @throws Error with what was printed, when it fails. */
async function run(...args: string[]): Promise<void> {
  await promisify(execFile)(process.execPath, args);
}
