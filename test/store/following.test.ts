import assert from "node:assert/strict";
import * as fs from "node:fs";
import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { JsonTaskStore } from "../../server/store/index.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { creation, ending, sampleTask, statusChange } from "./sample-records.ts";

describe("Following a journal", () => {
  const directory = temporaryDirectory();
  const opened: JsonTaskStore[] = [];
  let path = "";

  beforeEach(() => {
    path = join(directory(), "tasks.jsonl");
  });
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
  });

  async function open(nodeFs: typeof fs = fs): Promise<JsonTaskStore> {
    const store = await JsonTaskStore.open(directory(), { nodeFs });
    opened.push(store);
    return store;
  }

  async function acquire(store: JsonTaskStore) {
    const writer = await store.acquire();
    assert(writer);
    return writer;
  }

  /** Writes so much that the release writes the journal anew. */
  async function fillWithGarbage(store: JsonTaskStore): Promise<void> {
    const writer = await acquire(store);
    writer.append(creation(sampleTask({ id: "a" }), sampleTask({ id: "b" })));
    for (let round = 0; round < 30; round++) {
      writer.append({ changes: [{ kind: "change", id: "a", set: { message: "x".repeat(50_000) + round } }] });
      await writer.flush();
    }
    await writer.release();
  }

  /** The file system, and how many bytes were read from the journal through it. */
  function counting() {
    const counter = { bytes: 0 };
    const open = async (...args: Parameters<typeof fs.promises.open>) => {
      const handle = await fs.promises.open(...args);
      if (args[0] !== path) return handle;
      const read = handle.read.bind(handle) as (...a: unknown[]) => Promise<{ bytesRead: number }>;
      const counted = async (...a: unknown[]) => {
        const result = await read(...a);
        counter.bytes += result.bytesRead;
        return result;
      };
      return Object.assign(handle, { read: counted });
    };
    return { counter, nodeFs: { ...fs, promises: { ...fs.promises, open } } as unknown as typeof fs };
  }

  it("reads what was added, not everything again", async () => {
    const [writing, { counter, nodeFs }] = [await open(), counting()];
    const reading = await open(nodeFs);
    const writer = await acquire(writing);
    for (let index = 0; index < 500; index++) writer.append(creation(sampleTask({ id: `t${index}` })));
    await writer.flush();
    assert.equal((await reading.read()).tasks.length, 500);
    const all = counter.bytes;
    writer.append(statusChange("t7", "running"));
    await writer.flush();
    counter.bytes = 0;
    const { tasks } = await reading.read();
    assert.equal(tasks[7]?.status, "running");
    // Each look reads the beginning of the file, for the header.
    assert(counter.bytes < 4_096 + 2 * 65_536 + 1_000, `${counter.bytes} of ${all} bytes`);
  });

  it("does not read it again between two ticks of one process", async () => {
    const { counter, nodeFs } = counting();
    const store = await open(nodeFs);
    const writer = await acquire(store);
    for (let index = 0; index < 500; index++) writer.append(creation(sampleTask({ id: `t${index}` })));
    await writer.release();
    counter.bytes = 0;
    const next = await acquire(store);
    assert.equal([...next.tasks()].length, 500);
    assert(counter.bytes <= 4_096, `${counter.bytes} bytes`);
  });

  it("notices when the journal is written anew, in every process", async () => {
    const [writing, reading] = [await open(), await open()];
    await acquire(writing).then((writer) => writer.release());
    assert.equal((await reading.read()).tasks.length, 0);
    const before = (await readFile(path, "utf8")).split("\n")[0];
    await fillWithGarbage(writing);
    const lines = (await readFile(path, "utf8")).trimEnd().split("\n");
    assert.notEqual(lines[0], before);
    assert.equal(lines.length, 3, "a header and two tasks");
    assert.equal((await reading.read()).tasks[0]?.message.length, 50_002);
    const writer = await acquire(reading);
    writer.append(statusChange("b", "paused"));
    await writer.release();
    assert.equal((await writing.read()).tasks[1]?.status, "paused");
  });

  it("keeps order, schedules, the history and open requests over that", async () => {
    const store = await open();
    const schedule = { name: "Nightly", nextOccurrence: null };
    const writer = await acquire(store);
    for (const id of ["z", "y", "x", "w"]) writer.append(creation(sampleTask({ id })));
    writer.append(statusChange("y", "running"));
    writer.append({ changes: [{ kind: "schedule", schedule }] });
    writer.append(ending("x"));
    await writer.release();
    const request = await store.submit({ kind: "pause", task: "z" });
    await fillWithGarbage(store);
    const other = await open();
    const { tasks, schedules, requests } = await other.read();
    assert.deepEqual(
      tasks.map(({ id }) => id),
      ["z", "y", "w", "a", "b"],
    );
    assert.deepEqual(schedules, [schedule]);
    assert.deepEqual(
      requests.map(({ id }) => id),
      [request],
    );
    assert.deepEqual(
      (await other.history()).map(({ id }) => id),
      ["x"],
    );
  });

  it("leaves a clean file behind: no reserved space, no other files", async () => {
    const store = await open();
    const writer = await acquire(store);
    for (let index = 0; index < 50; index++) {
      writer.append(creation(sampleTask({ id: `t${index}` })));
      await writer.flush();
    }
    assert((await stat(path)).size > 60_000, "space is reserved during the tick");
    await writer.release();
    const text = await readFile(path, "utf8");
    assert(!text.includes("\n\n"));
    assert.equal(text.trimEnd().split("\n").length, 51);
    assert.deepEqual((await readdir(directory())).sort(), [".gitignore", "inbox", "tasks.jsonl", "tick.lock"]);
  });

  it("goes on with greater fencing numbers when somebody removed the lock by hand", async () => {
    const store = await open();
    for (let tick = 0; tick < 3; tick++) await (await acquire(store)).release();
    const writer = await acquire(store);
    writer.append(creation(sampleTask({ id: "a", fence: writer.fence })));
    await writer.release();
    await rm(join(directory(), "tick.lock"), { recursive: true });
    assert((await acquire(await open())).fence > writer.fence);
  });
});
