import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { lstat, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { JsonTaskStore, StoreError } from "../../server/store/index.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { creation, ending, sampleTask } from "./sample-records.ts";

/** Git keeps links, and an archive keeps devices and pipes. */
describe("A store with something else in the place of its files", () => {
  const parent = temporaryDirectory();
  let workspace = "";
  let directory = "";

  beforeEach(async function () {
    if (process.platform === "win32") this.skip();
    workspace = join(parent(), "workspace");
    directory = join(workspace, ".background-tasks");
    await mkdir(workspace);
  });

  async function use(): Promise<readonly string[]> {
    const store = await JsonTaskStore.open(directory);
    try {
      const writer = await store.acquire();
      writer?.append(creation(sampleTask()));
      writer?.append(creation(sampleTask({ id: "ended" })));
      writer?.append(ending("ended"));
      await writer?.release();
      return writer?.warnings ?? [];
    } finally {
      await store.close();
    }
  }

  const isRefused = (path: string, what: RegExp) => (error: unknown) =>
    error instanceof StoreError && error.code === "unusable" && error.message.includes(path) && what.test(error.message);

  const kinds: [what: string, put: (path: string) => Promise<unknown>, message: RegExp][] = [
    ["a directory", (path) => mkdir(path), /is a directory, not a file\. Move it away/],
    ["a pipe", async (path) => execFileSync("mkfifo", [path]), /is a pipe, not a file/],
    ["a link to a device", (path) => symlink("/dev/zero", path), /is a device or a socket, not a file/],
  ];
  for (const [what, put, message] of kinds) {
    it(`refuses ${what}, by name and at once`, async () => {
      for (const name of ["tasks.jsonl", "history.jsonl", "history.1.jsonl"]) {
        await rm(directory, { recursive: true, force: true });
        await use();
        const path = join(directory, name);
        await rm(path, { force: true });
        await put(path);
        const store = await JsonTaskStore.open(directory);
        await assert.rejects(name.startsWith("history") ? store.history() : store.read(), isRefused(path, message), name);
        await assert.rejects(store.acquire(), isRefused(path, message), name);
        assert.equal(await store.mutexHolder(), null, "the mutex is free again");
        await store.close();
      }
    });
  }

  it("refuses files and links in the place of its directories", async () => {
    for (const name of ["inbox", "tick.lock"]) {
      await rm(directory, { recursive: true, force: true });
      await mkdir(directory, { recursive: true });
      const path = join(directory, name);
      await writeFile(path, "");
      await assert.rejects(use(), isRefused(path, /something else is in the place of the directory/));
      await rm(path);
      await mkdir(join(parent(), "outside"), { recursive: true });
      await symlink(join(parent(), "outside"), path);
      await assert.rejects(use(), isRefused(path, /is a link\. Remove it/));
      await rm(path);
    }
    assert.deepEqual(await readdir(join(parent(), "outside")), []);
  });

  it("writes nothing through links to files of its own kind: it replaces them", async () => {
    await use();
    const outside = join(parent(), "outside");
    await mkdir(outside);
    const names = ["tasks.jsonl", "history.jsonl"];
    for (const name of names) {
      await rename(join(directory, name), join(outside, name));
      await symlink(join(outside, name), join(directory, name));
    }
    for (const name of ["tasks.jsonl.new", "history.jsonl.new", "sync-failed"]) await symlink(join(outside, "new"), join(directory, name));
    const before = await Promise.all(names.map((name) => readFile(join(outside, name), "utf8")));
    await use();
    assert.deepEqual(await Promise.all(names.map((name) => readFile(join(outside, name), "utf8"))), before);
    assert.deepEqual((await readdir(outside)).sort(), [...names].sort());
    for (const name of names) assert((await lstat(join(directory, name))).isFile(), name);
    const store = await JsonTaskStore.open(directory);
    assert.equal((await store.read()).tasks.length, 2);
    assert.equal((await store.history()).length, 2);
    await store.close();
  });

  describe("that is a link itself", () => {
    it("works in the directory that a user has chosen, which gets no .gitignore", async () => {
      const chosen = join(parent(), "state");
      await mkdir(chosen);
      await symlink(chosen, directory);
      assert.deepEqual(await use(), []);
      assert.deepEqual((await readdir(chosen)).sort(), ["history.jsonl", "inbox", "tasks.jsonl", "tick.lock"]);
    });

    it("is refused where it leads to a directory that contains it", async () => {
      for (const target of ["..", ".", "../.."]) {
        await symlink(target, directory);
        await assert.rejects(use(), isRefused(directory, /is a link to .*, which contains the workspace/));
        const store = await JsonTaskStore.open(directory, { create: false });
        await assert.rejects(store.submit({ kind: "pause", task: "a" }), StoreError);
        await store.close();
        await rm(directory);
      }
      assert.deepEqual(await readdir(parent()), ["workspace"]);
      assert.deepEqual(await readdir(workspace), []);
    });
  });

  it("is not written by reading", async () => {
    await mkdir(directory);
    const store = await JsonTaskStore.open(directory, { create: false });
    await store.read();
    await store.history();
    await store.mutexHolder();
    await store.close();
    assert.deepEqual(await readdir(directory), []);
  });
});
