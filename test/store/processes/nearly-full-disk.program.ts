// Ends tasks on a small disk that has less and less space. Says, as one JSON document, for each amount which tasks were neither in the list
// nor in the history, at once and once there is space again.
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { JsonTaskStore } from "../../../server/store/index.ts";
import { creation, ending, sampleTask } from "../sample-records.ts";

const disk = process.argv[2] ?? "";
const directory = join(disk, ".background-tasks");
const ballast = join(disk, "ballast");
const ids = Array.from({ length: 10 }, (_, index) => `t${index}`);

/** Works until something fails. Returns the tasks whose creation was promised. */
async function endTasks(): Promise<readonly string[]> {
  let promised: readonly string[] = [];
  const store = await JsonTaskStore.open(directory);
  try {
    const writer = await store.acquire();
    writer?.append(creation(...ids.map((id) => sampleTask({ id, message: "x".repeat(3_000) }))));
    await writer?.flush();
    promised = ids;
    // Enough garbage for a compaction at the end.
    for (let round = 0; round < 12; round++) {
      writer?.append({ changes: [{ kind: "change", id: "t0", set: { message: "y".repeat(100_000) } }] });
      await writer?.flush({ durable: false });
    }
    for (const id of ids) {
      writer?.append(ending(id));
      await writer?.flush();
    }
    await writer?.release();
  } catch {
    // The disk is full.
  } finally {
    await store.close().catch(() => {});
  }
  return promised;
}

async function missing(promised: readonly string[]): Promise<string[]> {
  const store = await JsonTaskStore.open(directory);
  const known = [...(await store.read()).tasks, ...(await store.history())].map(({ id }) => id);
  await store.close();
  return promised.filter((id) => known.filter((other) => other === id).length !== 1);
}

async function makeRoom(): Promise<void> {
  await rm(ballast, { force: true });
  const store = await JsonTaskStore.open(directory);
  await (await store.acquire())?.release();
  await store.close();
}

const results: Record<number, { promised: number; atOnce: string[]; afterwards: string[] }> = {};
for (let size = 0; size <= 800_000; size += 8_192) {
  await writeFile(ballast, Buffer.alloc(size));
  const promised = await endTasks();
  const atOnce = await missing(promised);
  await makeRoom();
  results[size] = { promised: promised.length, atOnce, afterwards: await missing(promised) };
  await rm(directory, { recursive: true });
}
console.log(JSON.stringify(results));
