import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { JsonTaskStore, type StoreWriter } from "../../server/store/index.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { childProcesses } from "./child-process.ts";
import { creation, sampleAction, sampleTask, statusChange } from "./sample-records.ts";

const COUNT = 100_000;

describe(`A store of ${COUNT} tasks`, function () {
  this.timeout(180_000);
  const directory = temporaryDirectory();
  const children = childProcesses();

  async function fill(path: string, count: number): Promise<[JsonTaskStore, StoreWriter]> {
    const store = await JsonTaskStore.open(path, { durability: "process" });
    const writer = await store.acquire();
    assert(writer);
    for (let index = 0; index < count; index++) {
      writer.append(creation(sampleTask({ id: `t${index}`, actions: [1, 2, 3].map((rank) => sampleAction({ id: `a${rank}`, rank })) })));
      if (index % 1_000 === 0) await writer.flush();
    }
    await writer.flush();
    return [store, writer];
  }

  it("is read in a small multiple of the time that parsing its text takes, and fits into little memory", async () => {
    const [store] = await fill(directory(), COUNT);
    await store.close();
    const path = join(directory(), "tasks.jsonl");
    const start = performance.now();
    const bytes = readFileSync(path);
    crc32(bytes);
    const parsed = bytes
      .toString()
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const parsing = performance.now() - start;
    assert.equal(parsed.length, COUNT + 1);
    const { code, lines, errors } = await children.start("load-large-store", directory()).ended();
    assert.equal(code, 0, errors);
    const loaded = JSON.parse(lines[0] ?? "{}");
    assert.equal(loaded.tasks, COUNT);
    assert(loaded.milliseconds < parsing * 4, `${loaded.milliseconds} ms, parsing alone ${parsing} ms`);
    assert(loaded.megabytes < 60 + (10 * statSync(path).size) / 1e6, `${loaded.megabytes} MB`);
  });

  it("costs no more per transition than a small one", async () => {
    const [bigStore, big] = await fill(join(directory(), "big"), COUNT);
    const [smallStore, small] = await fill(join(directory(), "small"), 100);
    const round = async (writer: StoreWriter) => {
      const start = process.cpuUsage();
      for (let index = 0; index < 2_000; index++) {
        writer.append(statusChange(`t${index % 100}`, index % 2 ? "paused" : "running"));
        writer.tasksWith("interactive", "created");
        await writer.flush();
      }
      const { user, system } = process.cpuUsage(start);
      return user + system;
    };
    const ratios: number[] = [];
    for (let index = 0; index < 15; index++) ratios.push((await round(big)) / (await round(small)));
    ratios.sort((a, b) => a - b);
    const median = ratios[7] ?? Number.POSITIVE_INFINITY;
    await bigStore.close();
    await smallStore.close();
    // The bench measures it exactly; here it is about the order of growth.
    assert(median < 1.6, `ratio ${median}`);
  });
});
