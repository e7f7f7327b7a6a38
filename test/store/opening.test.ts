import assert from "node:assert/strict";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
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
