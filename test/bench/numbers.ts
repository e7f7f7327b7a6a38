import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { BackgroundTaskEx, BackgroundTaskExAction } from "../../server/authoring/index.ts";
import { BackgroundTaskExService } from "../../server/service/index.ts";
import { type Durability, JsonTaskStore } from "../../server/store/index.ts";
import { perSecond, rawAppendsPerSecond } from "./action-rate.ts";
import type { Result } from "./result.ts";
import { inTurns, median, ratio } from "./rounds.ts";
import { inScratch } from "./scratch.ts";
import { NoOp, NoOps, storeNoOps } from "./stored-records.ts";

/** Milliseconds: a tick of the bench is never ended by its time budget. */
const NO_LIMIT = 24 * 60 * 60_000;
const ACTIONS_BEHIND = 2;

interface Size {
  readonly actions: number;
}

class Many extends BackgroundTaskEx<Size> {
  override createActions() {
    return Array.from({ length: this.params.actions }, (_, index) => new Nothing({}, { rank: index + 1 }));
  }
}

class Nothing extends BackgroundTaskExAction<object> {
  executeAction() {
    return true;
  }
}

/** What large numbers cost: tasks created one by one, requests that wait, tasks of many actions, stores of many tasks. */
export async function numbers(quick: boolean): Promise<Result[]> {
  return [...(await creation(quick)), await waitingRequests(quick), await manyActions(quick), ...(await growth(quick))];
}

async function creation(quick: boolean): Promise<Result[]> {
  const size = quick ? 0.2 : 1;
  const rates = await inTurns(quick ? 3 : 9, {
    raw: () => rawAppendsPerSecond(1_000 * size),
    power: () => createdPerSecond("power", 1_000 * size),
    process: () => createdPerSecond("process", 10_000 * size),
    wanted: () => Promise.resolve(5_000),
  });
  const note = (name: keyof typeof rates) => `${Math.round(median(rates[name]))}/s`;
  return [
    {
      what: "power: tasks created one by one",
      comparedTo: "append + fdatasync, one by one",
      measured: ratio(rates.power, rates.raw),
      target: { atLeast: 0.5 },
      note: `${note("power")} : ${note("raw")}`,
    },
    {
      what: "process: tasks created one by one",
      comparedTo: "5,000/s",
      measured: ratio(rates.process, rates.wanted),
      target: { atLeast: 1 },
      note: note("process"),
    },
  ];
}

function createdPerSecond(durability: Durability, tasks: number): Promise<number> {
  return inScratch(async (directory) => {
    const store = await JsonTaskStore.open(join(directory, "store"), { durability });
    const service = new BackgroundTaskExService({ store, classes: [NoOps, NoOp] });
    const start = performance.now();
    for (let index = 0; index < tasks; index++) await service.createTask(NoOps, { directory: "logs/2026/11", chunkSize: 64 });
    const rate = perSecond(tasks, start);
    await store.close();
    return rate;
  });
}

/** Tasks that are still requests, against tasks that are stored. */
function waitingRequests(quick: boolean): Promise<Result> {
  const count = quick ? 10_000 : 100_000;
  return inScratch(async (directory) => {
    const [waiting, stored] = [join(directory, "waiting"), join(directory, "stored")];
    const submitting = await JsonTaskStore.open(waiting, { durability: "process" });
    const service = new BackgroundTaskExService({ store: submitting, classes: [NoOps, NoOp] });
    for (let index = 0; index < count; index++) await service.createTask(NoOps, { directory: "logs/2026/11", chunkSize: 64 });
    await submitting.close();
    await storeTasks(stored, count);
    const times = await inTurns(quick ? 3 : 7, { waiting: () => readingTime(waiting), stored: () => readingTime(stored) });
    return {
      what: `read ${count.toLocaleString("en")} waiting requests`,
      comparedTo: "as many stored tasks",
      measured: ratio(times.waiting, times.stored),
      target: { atMost: 3 },
      note: `${median(times.waiting).toFixed(0)} ms : ${median(times.stored).toFixed(0)} ms`,
    };
  });
}

async function manyActions(quick: boolean): Promise<Result> {
  const many = quick ? 2_000 : 10_000;
  const costs = await inTurns(quick ? 3 : 7, { many: () => costOfAction(1, many), few: () => costOfAction(many / 100, 100) });
  return {
    what: `an action of a task of ${many.toLocaleString("en")}`,
    comparedTo: "of a task of 100",
    measured: ratio(costs.many, costs.few),
    target: { atMost: 1.5 },
    note: `${median(costs.many).toFixed(0)} µs : ${median(costs.few).toFixed(0)} µs`,
  };
}

/** Microseconds, over a whole tick. */
function costOfAction(tasks: number, actions: number): Promise<number> {
  return inScratch(async (directory) => {
    const store = await JsonTaskStore.open(join(directory, "store"), { durability: "process" });
    const service = new BackgroundTaskExService({ store, classes: [Many, Nothing], maxExecutionTime: NO_LIMIT });
    for (let index = 0; index < tasks; index++) await service.createTask(Many, { actions });
    await store.read();
    const start = performance.now();
    await service.processTasks();
    const elapsed = performance.now() - start;
    await store.close();
    return (elapsed * 1_000) / (tasks * actions);
  });
}

/** Opening is what `show`, `list`, `cancel` and the start of a tick cost. `BENCH_MILLION=1` goes on to 1,000,000 tasks. */
async function growth(quick: boolean): Promise<Result[]> {
  const sizes = quick ? [1_000, 10_000] : [1_000, 10_000, 100_000, ...(process.env.BENCH_MILLION ? [1_000_000] : [])];
  return inScratch(async (directory) => {
    const results: Result[] = [];
    for (const size of sizes) await storeTasks(join(directory, String(size)), size);
    for (const [index, size] of sizes.entries()) {
      const smaller = sizes[index - 1];
      if (smaller === undefined) continue;
      const perTask = (count: number) => async () => ((await readingTime(join(directory, String(count)))) * 1_000) / count;
      const costs = await inTurns(quick || size > 100_000 ? 3 : 7, { large: perTask(size), small: perTask(smaller) });
      results.push({
        what: `open and read, per task of ${size.toLocaleString("en")}`,
        comparedTo: `of ${smaller.toLocaleString("en")}`,
        measured: ratio(costs.large, costs.small),
        note: `${median(costs.large).toFixed(1)} µs : ${median(costs.small).toFixed(1)} µs`,
      });
    }
    return results;
  });
}

async function storeTasks(directory: string, count: number): Promise<void> {
  const store = await JsonTaskStore.open(directory, { durability: "process" });
  await storeNoOps(store, count, ACTIONS_BEHIND);
  await store.close();
}

/** Milliseconds until a new store object has everything. */
async function readingTime(directory: string): Promise<number> {
  const start = performance.now();
  const store = await JsonTaskStore.open(directory);
  await store.read();
  const elapsed = performance.now() - start;
  await store.close();
  return elapsed;
}
