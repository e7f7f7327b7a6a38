import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type Durability, JsonTaskStore, StoreError, type StoreWriter } from "../../server/store/index.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { creation, ending, sampleTask } from "./sample-records.ts";

/** A person may have taken a living owner for dead and removed its claim; or two systems cannot see each other. */
describe("A holder of the mutex that meets a higher claim", () => {
  const directory = temporaryDirectory();

  async function contents(): Promise<Record<string, string>> {
    const names = (await readdir(directory())).filter((name) => /jsonl|new/.test(name)).sort();
    return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readFile(join(directory(), name), "latin1")])));
  }

  async function claim(number: number): Promise<string> {
    const file = join(directory(), "tick.lock", String(number).padStart(10, "0"));
    await writeFile(
      file,
      JSON.stringify({ pid: 1, startTime: 1, host: "elsewhere", platform: "linux", since: "2026-11-24T03:00:00.000Z" }),
    );
    // File systems with coarse times may need a second look.
    await delay(10);
    return file;
  }

  const next: [what: string, write: (writer: StoreWriter) => Promise<void>][] = [
    ["line", (writer) => writer.flush()],
    ["line that is not durable", (writer) => writer.flush({ durable: false })],
    ["line, which it leaves to its release", async () => {}],
  ];
  for (const durability of ["power", "process"] satisfies Durability[]) {
    for (const [what, write] of next) {
      it(`stops before its next ${what}, says who took over, and leaves every file as it is, at "${durability}"`, async () => {
        const store = await JsonTaskStore.open(directory(), { durability });
        const writer = await store.acquire();
        assert(writer);
        const message = "x".repeat(100_000);
        for (let index = 0; index < 14; index++) writer.append(creation(sampleTask({ id: `t${index}`, message })));
        for (let index = 0; index < 13; index++) writer.append(ending(`t${index}`));
        await writer.flush();
        const file = await claim(writer.fence + 1);
        // What the other one does from then on.
        await writeFile(join(directory(), "history.jsonl"), "");
        const before = await contents();
        writer.append(creation(sampleTask({ id: "late" })));
        const isRefused = (error: unknown) =>
          error instanceof StoreError && error.code === "unusable" && error.message.includes(file) && error.message.includes("one machine");
        const result = write(writer);
        if (what.includes("release")) await assert.rejects(writer.release(), isRefused);
        else {
          await assert.rejects(result, isRefused);
          assert.throws(() => writer.append(creation(sampleTask())), StoreError);
          await writer.release();
        }
        assert.deepEqual(await contents(), before);
        await store.close();
        assert.deepEqual(await contents(), before);
      });
    }
  }

  it("does not replace the journal either", async () => {
    const store = await JsonTaskStore.open(directory());
    const writer = await store.acquire();
    assert(writer);
    writer.append(creation(sampleTask({ id: "a" })));
    for (let index = 0; index < 20; index++)
      writer.append({ changes: [{ kind: "change", id: "a", set: { message: "x".repeat(100_000) } }] });
    await writer.flush();
    await claim(writer.fence + 1);
    const before = await contents();
    await writer.release().catch(() => {});
    assert.deepEqual(await contents(), before);
    await store.close();
  });
});
