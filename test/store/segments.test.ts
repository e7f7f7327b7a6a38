import assert from "node:assert/strict";
import * as fs from "node:fs";
import { appendFile, copyFile, mkdir, readdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import fc from "fast-check";
import { JsonTaskStore, type StoreWriter } from "../../server/store/index.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { assertProperty } from "../support/thoroughness.ts";
import { childProcesses } from "./child-process.ts";
import { creation, sampleTask } from "./sample-records.ts";

describe("Requests that a process submits one after the other", () => {
  const directory = temporaryDirectory();
  const children = childProcesses();
  const opened: JsonTaskStore[] = [];

  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
  });

  async function open({ nodeFs = fs, path = directory() }: { nodeFs?: typeof fs; path?: string } = {}): Promise<JsonTaskStore> {
    const store = await JsonTaskStore.open(path, { nodeFs });
    opened.push(store);
    return store;
  }

  async function submit(store: JsonTaskStore, from: number, count: number): Promise<void> {
    for (let index = from; index < from + count; index++) await store.submit({ kind: "create", tasks: [sampleTask({ id: `t${index}` })] });
  }

  async function inbox(path = directory()): Promise<string[]> {
    return (await readdir(join(path, "inbox"))).sort();
  }

  async function segment(path = directory()): Promise<string> {
    const [name = ""] = (await inbox(path)).filter((candidate) => candidate.endsWith(".jsonl"));
    return join(path, "inbox", name);
  }

  /** Carries out what is there, as a tick does. Returns the tasks of all requests carried out, in this order. */
  async function fulfil(writer: StoreWriter | null): Promise<string[]> {
    const created: string[] = [];
    do {
      for (const { id, body } of (await writer?.takeRequests()) ?? []) {
        const tasks = body.kind === "create" ? body.tasks : [];
        writer?.append({ ...creation(...tasks), request: id });
        created.push(...tasks.map((task) => task.id));
      }
      await writer?.flush();
    } while (writer?.hasMoreRequests);
    return created;
  }

  async function fulfilAll(store: JsonTaskStore): Promise<string[]> {
    const writer = await store.acquire();
    const created = await fulfil(writer);
    await writer?.release();
    return created;
  }

  function numbered(count: number): string[] {
    return Array.from({ length: count }, (_, index) => `t${index}`);
  }

  it("are lines of one file, but for the first, and are carried out in this order", async () => {
    const store = await open();
    await submit(store, 0, 5);
    const names = await inbox();
    assert.equal(names.length, 2);
    assert.equal((await readFile(await segment(), "utf8")).trim().split("\n").length, 4);
    assert.deepEqual(await fulfilAll(await open()), numbered(5));
    assert.deepEqual(await inbox(), []);
  });

  it("are in order with those of other stores of the process", async () => {
    const stores = [await open(), await open(), await open()];
    for (let index = 0; index < 30; index++) await submit(stores[index % 3] as JsonTaskStore, index, 1);
    assert.deepEqual(await fulfilAll(await open()), numbered(30));
  });

  it("go on after their file was removed", async () => {
    const [store, holder] = [await open(), await open()];
    await submit(store, 0, 3);
    assert.deepEqual(await fulfilAll(holder), numbered(3));
    await submit(store, 3, 3);
    assert.deepEqual(await fulfilAll(holder), ["t3", "t4", "t5"]);
    assert.deepEqual(await inbox(), []);
  });

  it("are carried out once each, whatever holders do meanwhile", async () => {
    const store = await open();
    const created: string[] = [];
    let isDone = false;
    const submitting = submit(store, 0, 400).finally(() => {
      isDone = true;
    });
    while (!isDone) created.push(...(await fulfilAll(await open())));
    await submitting;
    created.push(...(await fulfilAll(await open())));
    assert.deepEqual(created, numbered(400));
    assert.deepEqual(await inbox(), []);
  });

  it("are carried out once each when processes submit and are killed", async () => {
    const store = await open();
    const created: string[] = [];
    const promised: string[] = [];
    for (const name of ["a", "b", "c"]) {
      const child = children.start("submit-many", directory(), name);
      const seen: string[] = [];
      while (seen.length < 20) seen.push(await child.line());
      created.push(...(await fulfilAll(store)));
      while (seen.length < 40) seen.push(await child.line());
      child.kill("SIGKILL");
      promised.push(...seen, ...(await child.ended()).lines);
    }
    created.push(...(await fulfilAll(store)));
    assert.equal(new Set(created).size, created.length);
    assert.deepEqual(
      promised.filter((id) => !created.includes(id)),
      [],
    );
    assert.deepEqual(await inbox(), []);
  });

  for (const when of ["before the line", "behind the line"] as const) {
    it(`are carried out once each when a holder removes their file just ${when}`, async () => {
      const created: string[] = [];
      const holder = await open();
      let isArmed = false;
      const nodeFs = {
        ...fs,
        writeSync: (...args: Parameters<typeof fs.writeSync>) => {
          if (isArmed && when === "before the line") sealIn(directory());
          isArmed &&= when !== "before the line";
          return fs.writeSync(...args);
        },
        fdatasync: (fd: number, callback: (error: Error | null) => void) => {
          if (!isArmed) return fs.fdatasync(fd, callback);
          isArmed = false;
          void fulfilAll(holder).then((ids) => {
            created.push(...ids);
            fs.fdatasync(fd, callback);
          });
        },
      } as typeof fs;
      const store = await open({ nodeFs });
      await submit(store, 0, 3);
      isArmed = true;
      await submit(store, 3, 2);
      assert.equal(isArmed, false);
      created.push(...(await fulfilAll(holder)));
      assert.deepEqual(created, numbered(5));
      assert.deepEqual(await inbox(), []);
    });
  }

  /** What a holder does to a segment before it removes it. */
  function sealIn(path: string): void {
    const [name = ""] = fs.readdirSync(join(path, "inbox")).filter((candidate) => candidate.endsWith(".jsonl"));
    fs.appendFileSync(join(path, "inbox", name), '\n{"crc":"060913f2","sealed":true}\n');
  }

  it("are written again, to another file, when the first could not be made durable", async () => {
    let isFailing = false;
    const nodeFs = {
      ...fs,
      fdatasync: (fd: number, callback: (error: Error | null) => void) => {
        if (!isFailing) return fs.fdatasync(fd, callback);
        isFailing = false;
        callback(Object.assign(new Error("i/o error"), { code: "EIO" }));
      },
    } as typeof fs;
    const store = await open({ nodeFs });
    await submit(store, 0, 3);
    const before = await readFile(await segment());
    isFailing = true;
    await submit(store, 3, 2);
    assert.deepEqual(await readFile(await segment()), before, "the first file holds what it had");
    assert.equal((await inbox()).length, 3);
    assert.deepEqual(await fulfilAll(await open()), numbered(5));
  });

  it("fail, and are not carried out, when the disk takes nothing", async () => {
    let isFailing = false;
    const error = Object.assign(new Error("no space"), { code: "ENOSPC" });
    const nodeFs = {
      ...fs,
      writeSync: (...args: Parameters<typeof fs.writeSync>) => {
        if (isFailing) throw error;
        return fs.writeSync(...args);
      },
      promises: {
        ...fs.promises,
        open: (...args: Parameters<typeof fs.promises.open>) => (isFailing ? Promise.reject(error) : fs.promises.open(...args)),
      },
    } as unknown as typeof fs;
    const store = await open({ nodeFs });
    await submit(store, 0, 3);
    isFailing = true;
    await assert.rejects(submit(store, 3, 1), /inbox.*the disk is full/);
    isFailing = false;
    await submit(store, 4, 1);
    assert.deepEqual(await fulfilAll(await open()), ["t0", "t1", "t2", "t4"]);
  });

  it("leave no trace of a line that a killed process had not finished", async () => {
    await submit(await open(), 0, 3);
    const path = await segment();
    await truncate(path, (await readFile(path)).length - 10);
    const store = await open();
    assert.equal((await store.read()).requests.length, 2);
    const writer = await store.acquire();
    assert.deepEqual(await fulfil(writer), numbered(2));
    await writer?.release();
    assert.deepEqual([writer?.warnings, await inbox()], [[], []]);
  });

  it("are known to be fulfilled when their file comes back, as after a power cut", async () => {
    await submit(await open(), 0, 3);
    const path = await segment();
    await copyFile(path, join(directory(), "copy"));
    assert.deepEqual(await fulfilAll(await open()), numbered(3));
    await copyFile(join(directory(), "copy"), path);
    assert.deepEqual((await (await open()).read()).requests, []);
    assert.deepEqual(await fulfilAll(await open()), []);
    assert.deepEqual(await inbox(), []);
  });

  it("stay where another machine may still append to their file", async () => {
    await submit(await open(), 0, 3);
    const path = await segment();
    const foreign = path.replace(/\.\w+\.jsonl$/, ".0123456789ab.jsonl");
    fs.renameSync(path, foreign);
    assert.deepEqual(await fulfilAll(await open()), numbered(3));
    assert.deepEqual(await fulfilAll(await open()), []);
    assert(fs.existsSync(foreign));
    fs.utimesSync(foreign, new Date(0), new Date(0));
    assert.deepEqual(await fulfilAll(await open()), []);
    assert.deepEqual(await inbox(), []);
  });

  for (const system of ["reports changes", "reports none"] as const) {
    it(`are noticed by those who watch the store, on a system that ${system}`, async () => {
      const watch = () => {
        throw new Error("not supported");
      };
      const [store, watching] = [
        await open(),
        await open({ nodeFs: system === "reports none" ? ({ ...fs, watch } as unknown as typeof fs) : fs }),
      ];
      await submit(store, 0, 2);
      let isNoticed = false;
      const stop = watching.watch(async () => {
        isNoticed ||= (await watching.read()).requests.length > 2;
      });
      // The first look of a watch without reports may come after the first of these.
      for (let index = 2; !isNoticed; index++) {
        await submit(store, index, 1);
        await delay(100);
      }
      stop();
      assert.equal((await inbox()).length, 2, "all in one segment");
    });
  }

  it("survive anything that is in the way in the inbox", async () => {
    await mkdir(join(directory(), "inbox", "directory.jsonl"), { recursive: true });
    await mkdir(join(directory(), "inbox", "directory.json"));
    fs.symlinkSync("/dev/zero", join(directory(), "inbox", "zero.json"));
    fs.symlinkSync("/dev/zero", join(directory(), "inbox", "zero.jsonl"));
    await submit(await open(), 0, 3);
    const store = await open();
    assert.equal((await store.read()).requests.length, 3);
    const writer = await store.acquire();
    assert.deepEqual(await fulfil(writer), numbered(3));
    await writer?.release();
    assert.match(writer?.warnings.join("\n") ?? "", /inbox.directory\.json is not a file of requests and was ignored\. Remove it\./);
  });

  it("have checksums: no changed bit is carried out unnoticed", async function () {
    this.timeout(60_000);
    const template = join(directory(), "template");
    await submit(await open({ path: template }), 0, 4);
    const contents = new Map(
      await Promise.all((await inbox(template)).map(async (name) => [name, await readFile(join(template, "inbox", name))] as const)),
    );
    const original = (await (await open({ path: template })).read()).requests;
    let run = 0;
    const bit = fc.tuple(fc.constantFrom(...contents.keys()), fc.nat(), fc.nat({ max: 7 }));
    await assertProperty(
      fc.asyncProperty(bit, async ([name, at, shift]) => {
        const path = join(directory(), `run-${++run}`);
        const store = await open({ path });
        await mkdir(join(path, "inbox"), { recursive: true });
        for (const [each, content] of contents)
          await writeFile(join(path, "inbox", each), each === name ? flipped(content, at, shift) : content);
        const writer = await store.acquire();
        const requests = (await writer?.takeRequests()) ?? [];
        await writer?.release();
        const isReported = (writer?.warnings.length ?? 0) > 0;
        if (!isReported && requests.length < original.length)
          assert.deepEqual(requests, original.slice(0, -1), "only the last line may be torn");
        else assert.deepEqual(requests, isReported ? original.filter(({ id }) => requests.some((request) => request.id === id)) : original);
        assert(!isReported || requests.length < original.length);
      }),
      1_000,
    );
  });

  function flipped(content: Buffer, at: number, shift: number): Buffer {
    const copy = Buffer.from(content);
    const index = at % copy.length;
    copy[index] = (copy[index] ?? 0) ^ (1 << shift);
    return copy;
  }

  it("are set aside, and reported, when they are damaged", async () => {
    await submit(await open(), 0, 3);
    await appendFile(await segment(), '{"crc":"00000000","time":1,"count":1,"request":{}}\n');
    const store = await open();
    const writer = await store.acquire();
    assert.deepEqual(await fulfil(writer), numbered(3));
    await writer?.release();
    assert.match(writer?.warnings.join() ?? "", /^A request in inbox.*\.jsonl could not be read; see .*damaged-.*\.jsonl\.$/);
    assert.deepEqual(await inbox(), []);
  });
});
