import { closeSync, fdatasyncSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { BackgroundTaskExService } from "../../server/service/index.ts";
import { type Durability, JsonTaskStore } from "../../server/store/index.ts";
import { inScratch } from "./scratch.ts";
import { NoOp, NoOps, storeNoOps } from "./stored-records.ts";

/** Milliseconds: a tick of the bench is never ended by its time budget. */
const NO_LIMIT = 24 * 60 * 60_000;
/** About as long as the line of a transition. */
const LINE = `${"x".repeat(255)}\n`;

/** Actions per second of one tick from taking the mutex to giving it back; the creation of the tasks does not count. */
export function actionsPerSecond(durability: Durability, tasks: number, actionsPerTask: number): Promise<number> {
  return inScratch(async (directory) => {
    const store = await JsonTaskStore.open(join(directory, "store"), { durability });
    await storeNoOps(store, tasks, actionsPerTask);
    const service = new BackgroundTaskExService({ store, classes: [NoOps, NoOp], maxExecutionTime: NO_LIMIT });
    const start = performance.now();
    const report = await service.processTasks();
    const rate = perSecond(tasks * actionsPerTask, start);
    const finished = report.tasks.filter((task) => task.status === "finished" && task.actions.length === actionsPerTask);
    if (finished.length !== tasks) throw new Error(`${finished.length} of ${tasks} tasks finished.`);
    await store.close();
    return rate;
  });
}

/** The least that durability one by one can cost: append a line to a file, fdatasync. */
export function rawAppendsPerSecond(appends: number): Promise<number> {
  return inScratch(async (directory) => {
    const file = openSync(join(directory, "lines"), "a");
    const start = performance.now();
    for (let index = 0; index < appends; index++) {
      writeSync(file, LINE);
      fdatasyncSync(file);
    }
    const rate = perSecond(appends, start);
    closeSync(file);
    return rate;
  });
}

export function perSecond(count: number, start: number): number {
  return (count * 1_000) / (performance.now() - start);
}
