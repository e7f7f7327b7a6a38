// Opens a store, or does what is the least that has to be done for that, and says what it took: `open-measure.js <store | parse | ...> DIRECTORY`.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { JsonTaskStore } from "../../server/store/index.ts";

export interface Opened {
  readonly milliseconds: number;
  /** Of the heap, held by what was opened. */
  readonly bytes: number;
}

interface Kept {
  readonly kept: unknown;
  close?(): Promise<void>;
}

const WAYS: Readonly<Record<string, (directory: string) => Promise<Kept>>> = {
  parse: async (directory) => {
    const lines = readFileSync(join(directory, "tasks.jsonl"), "utf8").split("\n");
    return { kept: lines.filter((line) => line !== "").map((line): unknown => JSON.parse(line)) };
  },
  read: async (directory) => {
    const store = await JsonTaskStore.open(directory);
    return { kept: await store.read(), close: () => store.close() };
  },
  acquire: async (directory) => {
    const store = await JsonTaskStore.open(directory);
    const writer = await store.acquire();
    if (!writer) throw new Error("The mutex of the bench's own store is taken.");
    return { kept: writer, close: () => store.close() };
  },
};

const [way = "", directory = ""] = process.argv.slice(2);
const open = WAYS[way];
const collectGarbage = globalThis.gc;
if (!open || !collectGarbage) throw new Error(`Use it as node --expose-gc open-measure.js ${Object.keys(WAYS).join("|")} DIRECTORY`);
collectGarbage();
const before = process.memoryUsage().heapUsed;
const start = performance.now();
const result = await open(directory);
const milliseconds = performance.now() - start;
collectGarbage();
const opened: Opened = { milliseconds, bytes: process.memoryUsage().heapUsed - before };
process.stdout.write(JSON.stringify(opened));
if (!result.kept) process.exitCode = 1;
await result.close?.();
