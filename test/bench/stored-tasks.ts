import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { BackgroundTaskExService, type TickObserver } from "../../server/service/index.ts";
import { JsonTaskStore } from "../../server/store/index.ts";
import type { Result } from "./result.ts";
import { inTurns, median, ratio } from "./rounds.ts";
import { inScratch } from "./scratch.ts";
import { NoOp, NoOps, storeNoOps } from "./stored-records.ts";

const TASKS_PER_ROUND = 100;
const ACTIONS = 10;
/** What lies in the store behind those tasks has fewer actions, so that the bench itself needs less memory. */
const ACTIONS_BEHIND = 2;

/** What a transition costs does not depend on how many tasks are stored. */
export async function storedTasks(quick: boolean): Promise<Result[]> {
  const rounds = quick ? 3 : 15;
  const many = quick ? 10_000 : 100_000;
  return inScratch(async (directory) => {
    const small = await JsonTaskStore.open(join(directory, "small"), { durability: "process" });
    const large = await JsonTaskStore.open(join(directory, "large"), { durability: "process" });
    const executed = TASKS_PER_ROUND * (rounds + 1);
    await storeNoOps(large, executed, ACTIONS);
    await storeNoOps(large, many - executed, ACTIONS_BEHIND);
    const costs = await inTurns(rounds, {
      small: async () => {
        await storeNoOps(small, TASKS_PER_ROUND, ACTIONS);
        return microsecondsPerTransition(small);
      },
      large: () => microsecondsPerTransition(large),
    });
    await small.close();
    await large.close();
    const note = `${median(costs.large).toFixed(0)} µs : ${median(costs.small).toFixed(0)} µs`;
    const what = `a transition with ${many.toLocaleString("en")} tasks stored`;
    return [{ what, comparedTo: `with ${TASKS_PER_ROUND}`, measured: ratio(costs.large, costs.small), target: { atMost: 1.2 }, note }];
  });
}

/** Executes the oldest tasks, of which there is a backlog, and stops; from the start of the first one to the end of the last. */
async function microsecondsPerTransition(store: JsonTaskStore): Promise<number> {
  const stop = new AbortController();
  let left = TASKS_PER_ROUND;
  let start: number | undefined;
  let elapsed = 0;
  const observer: TickObserver = {
    taskStarted: () => {
      start ??= performance.now();
    },
    taskEnded: () => {
      if (--left > 0) return;
      elapsed = performance.now() - (start ?? Number.NaN);
      stop.abort();
    },
  };
  const classes = [NoOps, NoOp].map((known) => ({ class: known }));
  await BackgroundTaskExService.forWorker({ store, classes, observer, signal: stop.signal }).processTasks();
  if (left > 0) throw new Error(`${left} tasks were not executed.`);
  return (elapsed * 1_000) / (TASKS_PER_ROUND * ACTIONS);
}
