// Fills a small disk through the store. Says, as one JSON document, what the store said and what is stored afterwards.
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { JsonTaskStore, StoreError } from "../../../server/store/index.ts";
import { creation, sampleTask } from "../sample-records.ts";

const disk = process.argv[2] ?? "";
const directory = join(disk, ".background-tasks");
const ballast = join(disk, "ballast");

async function failure(work: () => unknown): Promise<object | null> {
  try {
    await work();
    return null;
  } catch (error) {
    return error instanceof StoreError
      ? { code: error.code, message: error.message }
      : { code: "not a StoreError", message: String(error) };
  }
}

async function storedIds(): Promise<string[]> {
  const other = await JsonTaskStore.open(directory);
  const { tasks } = await other.read();
  await other.close();
  return tasks.map((task) => task.id);
}

await writeFile(ballast, Buffer.alloc(200_000));
const store = await JsonTaskStore.open(directory);
const promised: string[] = [];
const writer = await store.acquire();
const first = await failure(async () => {
  for (let index = 0; ; index++) {
    const id = `t${index}`;
    writer?.append(creation(sampleTask({ id, message: "x".repeat(10_000) })));
    await writer?.flush();
    promised.push(id);
  }
});
const further = await failure(() => writer?.append(creation(sampleTask())));
const seenByStore = (await store.read()).tasks.map((task) => task.id);
const release = await failure(() => writer?.release());
await failure(() => writeFile(join(disk, "rest"), Buffer.alloc(1_000_000)));
const submit = await failure(() => store.submit({ kind: "create", tasks: [sampleTask({ message: "x".repeat(100_000) })] }));
const acquire = await failure(async () => (await store.acquire())?.release());
const seenByOthers = await storedIds();
await rm(ballast);
await rm(join(disk, "rest"));
const next = await store.acquire();
next?.append(creation(sampleTask({ id: "afterwards" })));
await next?.release();
await store.close();
const seenAfterwards = await storedIds();
console.log(
  JSON.stringify({
    promised,
    first,
    further,
    release,
    submit,
    acquire,
    seenByStore,
    seenByOthers,
    seenAfterwards,
    warnings: next?.warnings,
  }),
);
