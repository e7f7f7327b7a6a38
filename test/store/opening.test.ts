import assert from "node:assert/strict";
import * as fs from "node:fs";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { constants } from "node:os";
import { join } from "node:path";
import { JsonTaskStore, StoreError } from "../../server/store/index.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { childProcesses } from "./child-process.ts";

describe("Opening a store", () => {
  const parent = temporaryDirectory();
  const children = childProcesses();
  let directory = "";

  beforeEach(() => {
    directory = join(parent(), "workspace", ".background-tasks");
  });

  it("makes a directory for its owner's eyes only, which no repository takes in", async () => {
    const store = await JsonTaskStore.open(directory);
    assert.deepEqual(await readdir(directory), [".gitignore"]);
    assert.equal(await readFile(join(directory, ".gitignore"), "utf8"), "*\n");
    if (process.platform !== "win32") assert.equal((await stat(directory)).mode & 0o777, 0o700);
    assert.deepEqual(await store.read(), { tasks: [], damaged: [], schedules: [], requests: [] });
    assert.deepEqual(await store.history(), []);
    await store.close();
  });

  it("leaves a directory and a .gitignore alone that are there", async () => {
    await mkdir(directory, { recursive: true, mode: 0o750 });
    await writeFile(join(directory, ".gitignore"), "mine\n");
    await (await JsonTaskStore.open(directory)).close();
    assert.equal(await readFile(join(directory, ".gitignore"), "utf8"), "mine\n");
    if (process.platform !== "win32") assert.equal((await stat(directory)).mode & 0o777, 0o750);
  });

  it("says what is in the way", async () => {
    await mkdir(join(parent(), "workspace"));
    await writeFile(directory, "a file");
    await assert.rejects(
      JsonTaskStore.open(directory),
      (error) => error instanceof StoreError && error.code === "unusable" && error.message.includes(directory),
    );
  });

  it("makes its own directory durable, once, where that is promised", async () => {
    for (const [durability, isThere, expected] of [
      ["process", false, []],
      ["power", false, [join(parent(), "workspace")]],
      ["power", true, [join(parent(), "workspace")]],
    ] as const) {
      const synced: string[] = [];
      const open: typeof fs.promises.open = async (path, ...options) => {
        const handle = await fs.promises.open(path, ...options);
        const sync = handle.sync.bind(handle);
        handle.sync = () => {
          synced.push(String(path));
          return sync();
        };
        return handle;
      };
      const nodeFs = { ...fs, promises: { ...fs.promises, open } } as typeof fs;
      await rm(directory, { recursive: true, force: true });
      // As the cache of task files may do.
      if (isThere) await mkdir(join(directory, "cache"), { recursive: true });
      for (let time = 0; time < 2; time++) await (await JsonTaskStore.open(directory, { durability, nodeFs })).close();
      assert.deepEqual(synced, expected, durability);
    }
  });

  it("is not left half durable: it is created again after its workspace could not be synced", async () => {
    const open: typeof fs.promises.open = async (path, ...options) => {
      const handle = await fs.promises.open(path, ...options);
      handle.sync = () => Promise.reject(Object.assign(new Error("refused"), { code: "EIO" }));
      return handle;
    };
    const nodeFs = { ...fs, promises: { ...fs.promises, open } } as typeof fs;
    await assert.rejects(
      JsonTaskStore.open(directory, { nodeFs }),
      /^StoreError: Cannot make durable .*workspace: the disk reports an error/,
    );
    assert.deepEqual(await readdir(join(parent(), "workspace")), []);
  });

  it("is a failure of the store, named and explained, when its .gitignore cannot be written", async () => {
    for (const [code, reason] of [
      ["EIO", /\.gitignore: the disk reports an error.*\(EIO\)/],
      ["EMFILE", /\.gitignore: this process has too many files open.*\(EMFILE\)/],
    ] as const) {
      const writeFileFailing = () => Promise.reject(Object.assign(new Error("refused"), { code }));
      const nodeFs = { ...fs, promises: { ...fs.promises, writeFile: writeFileFailing } } as unknown as typeof fs;
      await assert.rejects(
        JsonTaskStore.open(directory, { nodeFs }),
        (error) => error instanceof StoreError && error.code === "unusable" && reason.test(error.message),
      );
    }
  });

  it("leaves no empty .gitignore on a full disk, and recognizes a used-up quota by its number", async () => {
    const refusals = [{ code: "ENOSPC" }, { code: `Unknown system error -${constants.errno.EDQUOT}`, errno: -constants.errno.EDQUOT }];
    for (const refusal of refusals) {
      const writeFileFailing = async (path: string) => {
        await writeFile(path, "");
        throw Object.assign(new Error("refused"), refusal);
      };
      const nodeFs = { ...fs, promises: { ...fs.promises, writeFile: writeFileFailing } } as unknown as typeof fs;
      await (await JsonTaskStore.open(directory, { nodeFs })).close();
      assert.deepEqual(await readdir(directory), []);
      await (await JsonTaskStore.open(directory)).close();
      assert.equal(await readFile(join(directory, ".gitignore"), "utf8"), "*\n");
      await rm(directory, { recursive: true });
    }
  });

  it("keeps no process alive once it is closed", async () => {
    const { code, lines, errors } = await children.start("use-and-close", directory).ended();
    assert.deepEqual({ code, lines, errors }, { code: 0, lines: ["end of the program"], errors: "" });
  });

  it("keeps no process alive even when it is not closed, and such a process does not keep the mutex", async () => {
    const { code } = await children.start("use-and-close", directory, "leave open").ended();
    assert.equal(code, 0);
    const store = await JsonTaskStore.open(directory);
    const writer = await store.acquire();
    assert(writer);
    assert.equal([...writer.tasks()].length, 1);
    await store.close();
  });
});
