import assert from "node:assert/strict";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { JsonTaskStore, type StoreWriter } from "../../server/store/index.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { isThorough } from "../support/thoroughness.ts";
import { ForgetfulDisk } from "./forgetful-disk.ts";
import { creation, ending, sampleTask } from "./sample-records.ts";

describe("A disk that fails to make something durable, once, and reports success from then on", () => {
  const directory = temporaryDirectory();

  before(function () {
    // The model of the disk looks at open files by /proc.
    if (process.platform !== "linux") this.skip();
  });

  /** Enough for a compaction when the writer is released. */
  function garbage(which: string): [string, (writer: StoreWriter) => void][] {
    const change = { kind: "change" as const, id: "t2", set: { message: "x".repeat(600_000) } };
    return [1, 2].map((at) => [`garbage ${which} ${at}`, (writer) => writer.append({ changes: [change] })]);
  }

  /** What each holder wants to store; each asks for what is still missing. */
  const steps: readonly [name: string, step: (writer: StoreWriter) => void][] = [
    ...Array.from({ length: 12 }, (_, at): [string, (writer: StoreWriter) => void] => [
      `t${at} stored`,
      (writer) => writer.append(creation(sampleTask({ id: `t${at}` }))),
    ]),
    ["t0 ended", (writer) => writer.append(ending("t0"))],
    ["t1 ended", (writer) => writer.append(ending("t1"))],
    ...garbage("first"),
    ["t3 ended", (writer) => writer.append(ending("t3"))],
    ...garbage("second"),
    ["t4 ended", (writer) => writer.append(ending("t4"))],
    ["t12 stored", (writer) => writer.append(creation(sampleTask({ id: "t12" })))],
    ["t5 ended", (writer) => writer.append(ending("t5"))],
  ];

  /** Appends and flushes what has not been acknowledged yet, at most `count` steps. Each holder is a new process, as far as the store knows. */
  async function work(
    disk: ForgetfulDisk,
    path: string,
    acknowledged: Set<string>,
    { count, isKilled }: { count: number; isKilled: boolean },
  ): Promise<void> {
    const store = await JsonTaskStore.open(path, { nodeFs: disk.fs });
    let writer: StoreWriter | null = null;
    try {
      writer = await store.acquire();
      assert(writer);
      const stored = new Set([...writer.tasks()].map(({ id }) => id));
      const ended = new Set((await store.history()).map(({ id }) => id));
      for (const [name, step] of steps.filter(([step]) => !acknowledged.has(step)).slice(0, count)) {
        const [id = "", verb] = name.split(" ");
        const isDone = verb === "stored" ? stored.has(id) || ended.has(id) : verb === "ended" && ended.has(id);
        if (!isDone) {
          writer.append({ changes: [{ kind: "schedule", schedule: { name: "s", fingerprint: "f", nextOccurrence: null } as never }] });
          await writer.flush({ durable: false });
          step(writer);
        }
        await writer.flush();
        acknowledged.add(name);
      }
    } finally {
      if (isKilled && disk.hasFailed) await rm(join(path, "tick.lock"), { recursive: true, force: true });
      else await store.close();
    }
  }

  async function assertKept(disk: ForgetfulDisk, acknowledged: ReadonlySet<string>, where: string): Promise<void> {
    const path = join(directory(), "after the power cut");
    await rm(path, { recursive: true, force: true });
    await disk.cutPower(path);
    const store = await JsonTaskStore.open(path);
    const writer = await store.acquire();
    assert(writer);
    const tasks = [...writer.tasks()].map(({ id }) => id);
    const ended = (await store.history()).map(({ id }) => id);
    await store.close();
    for (const name of acknowledged) {
      const [id = "", verb] = name.split(" ");
      if (verb === "ended")
        assert.deepEqual([ended.filter((other) => other === id).length, tasks.includes(id)], [1, false], `${where}: ${name}`);
      if (verb === "stored") assert(tasks.includes(id) || ended.includes(id), `${where}: ${name}`);
    }
  }

  for (const [how, isKilled, waitMs] of [
    ["and closes the store", false, 0],
    ["and waits for the disk in the thread pool", false, 12],
    ["and dies before it can close the store", true, 0],
  ] as const) {
    it(`loses nothing that was acknowledged, whichever sync it is, in a process that hears of it ${how}`, async function () {
      this.timeout(120_000);
      for (let failsAt = 1; ; failsAt += isThorough ? 1 : 5) {
        const path = join(directory(), `${failsAt}`);
        const disk = new ForgetfulDisk(path, { failsAt, waitMs });
        const acknowledged = new Set<string>();
        let hadFailed = false;
        let isDone = false;
        for (let holder = 1; !isDone; holder++) {
          const isFirstAfterwards = disk.hasFailed && !hadFailed;
          hadFailed = disk.hasFailed;
          const count = holder === 1 ? 17 : isFirstAfterwards ? 1 : 100;
          await work(disk, path, acknowledged, { count, isKilled }).catch((error: unknown) => {
            assert(disk.hasFailed && !hadFailed, `sync ${failsAt}, holder ${holder}: ${error}`);
          });
          await assertKept(disk, acknowledged, `sync ${failsAt}, after holder ${holder}`);
          isDone = acknowledged.size === steps.length && disk.hasFailed === hadFailed;
        }
        assert.deepEqual(
          (await readdir(path)).filter((name) => /\.new$|^damaged|sync-failed/.test(name)),
          [],
          `sync ${failsAt}`,
        );
        if (!disk.hasFailed) break;
        await rm(path, { recursive: true });
      }
    });
  }

  it("is remembered by the store that hears of it, even if no file can say so; then everything is written again, and reported", async () => {
    const disk = new ForgetfulDisk(directory(), { failsAt: Number.POSITIVE_INFINITY });
    const writeFileSync = () => {
      throw Object.assign(new Error("refused"), { code: "EIO" });
    };
    const store = await JsonTaskStore.open(directory(), { nodeFs: { ...disk.fs, writeFileSync } as typeof disk.fs });
    const first = await store.acquire();
    first?.append(creation(sampleTask({ id: "a" })));
    disk.failsAt = disk.syncs + 1;
    await assert.rejects(Promise.resolve(first?.flush()), /the disk reports an error.*\(EIO\)/);
    await first?.release();
    assert.deepEqual((await store.read()).tasks, [], "what was not acknowledged is given up");
    const header = () => readFile(join(directory(), "tasks.jsonl"), "utf8").then((text) => text.split("\n")[0]);
    const before = await header();
    const second = await store.acquire();
    assert.notEqual(await header(), before);
    assert.match(second?.warnings.join() ?? "", /failed to make changes durable.*written again/);
    await second?.release();
    const third = await store.acquire();
    assert.deepEqual(third?.warnings, [], "reported once");
    await store.close();
  });
});
