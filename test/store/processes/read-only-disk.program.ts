// Uses a store on a disk that has become read-only. Says, as one JSON document, what the store said.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { JsonTaskStore, StoreError } from "../../../server/store/index.ts";
import { creation, sampleTask } from "../sample-records.ts";

const disk = process.argv[2] ?? "";
const directory = join(disk, ".background-tasks");

async function failure(work: () => Promise<unknown>): Promise<object | null> {
  try {
    await work();
    return null;
  } catch (error) {
    return error instanceof StoreError
      ? { code: error.code, message: error.message }
      : { code: "not a StoreError", message: String(error) };
  }
}

const before = await JsonTaskStore.open(directory);
const writer = await before.acquire();
writer?.append(creation(sampleTask({ id: "a" })));
await writer?.release();
await before.close();
execFileSync("mount", ["-o", "remount,ro", disk]);
const store = await JsonTaskStore.open(directory);
const { tasks } = await store.read();
console.log(
  JSON.stringify({
    read: tasks.map((task) => task.id),
    acquire: await failure(() => store.acquire()),
    submit: await failure(() => store.submit({ kind: "pause", task: "a" })),
    open: await failure(() => JsonTaskStore.open(join(disk, "another", ".background-tasks"))),
  }),
);
await store.close();
