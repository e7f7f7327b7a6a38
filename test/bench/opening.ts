import { execFile } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { JsonTaskStore } from "../../server/store/index.ts";
import type { Opened } from "./open-measure.ts";
import type { Result } from "./result.ts";
import { inTurns, median, ratio } from "./rounds.ts";
import { inScratch } from "./scratch.ts";
import { storeNoOps } from "./stored-records.ts";

const ACTIONS = 2;
const PROGRAM = fileURLToPath(new URL("open-measure.js", import.meta.url));

/** Time and memory that it takes to open a store, each time in a new process. */
export async function opening(quick: boolean): Promise<Result[]> {
  const tasks = quick ? 10_000 : 100_000;
  return inScratch(async (directory) => {
    await storeCompactly(directory, tasks);
    const megabytes = statSync(join(directory, "tasks.jsonl")).size / 1e6;
    const opened: Record<string, Opened[]> = {};
    const way = (name: string) => async () => {
      const result = await openInProcess(name, directory);
      opened[name] = [...(opened[name] ?? []), result];
      return result.milliseconds;
    };
    const times = await inTurns(quick ? 3 : 7, { parse: way("parse"), read: way("read"), acquire: way("acquire") });
    const bytes = (name: string) => (opened[name] ?? []).slice(1).map((result) => result.bytes);
    const comparedTo = "JSON.parse of the same lines";
    const stored = `${tasks.toLocaleString("en")} tasks`;
    const timeNote = (name: "read" | "acquire") =>
      `${median(times[name]).toFixed(0)} ms : ${median(times.parse).toFixed(0)} ms, ${megabytes.toFixed(0)} MB`;
    const memoryNote = `${(median(bytes("read")) / 1e6).toFixed(0)} MB : ${(median(bytes("parse")) / 1e6).toFixed(0)} MB`;
    return [
      { what: `open and read ${stored}`, comparedTo, measured: ratio(times.read, times.parse), note: timeNote("read") },
      { what: `open ${stored} for a tick`, comparedTo, measured: ratio(times.acquire, times.parse), note: timeNote("acquire") },
      { what: `memory of ${stored}`, comparedTo, measured: ratio(bytes("read"), bytes("parse")), note: memoryNote },
    ];
  });
}

/** As the store lies between ticks: written anew, without the lines of what has ended. */
async function storeCompactly(directory: string, tasks: number): Promise<void> {
  const store = await JsonTaskStore.open(directory, { durability: "process" });
  await storeNoOps(store, tasks, ACTIONS);
  await store.close();
}

async function openInProcess(way: string, directory: string): Promise<Opened> {
  const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", PROGRAM, way, directory]);
  return JSON.parse(stdout) as Opened;
}
