import assert from "node:assert/strict";
import { cp, readdir } from "node:fs/promises";
import { join } from "node:path";
import { JsonTaskStore, type StoreWriter } from "../../server/store/index.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { childProcesses } from "./child-process.ts";

describe("A store whose holder is killed", () => {
  const directory = temporaryDirectory();
  const children = childProcesses();

  it("is whole at whatever step it happens: repair, transactions, history, requests, compaction", async function () {
    this.timeout(300_000);
    const template = join(directory(), "template");
    assert.equal((await children.start("leave-a-mess", template).ended()).signal, "SIGKILL");
    let finished = false;
    let steps = 0;
    const walk = async () => {
      while (!finished) {
        const step = ++steps;
        const copy = join(directory(), `step-${step}`);
        await cp(template, copy, { recursive: true });
        const { code, lines, errors } = await children.start("die-at-step", copy, String(step)).ended();
        if (code === 0) finished = true;
        else assert.equal(errors, "", `step ${step}`);
        await checkStore(copy, new Set(lines), `step ${step}, after "${lines.join(", ")}"`);
      }
    };
    await Promise.all([walk(), walk(), walk()]);
    assert(steps > 30, `only ${steps} steps`);
  });

  /** The next holder finds everything that was promised, once; and so does the one after it. */
  async function checkStore(path: string, promised: ReadonlySet<string>, where: string): Promise<void> {
    for (const holder of ["the next holder", "the one after it"]) {
      const store = await JsonTaskStore.open(path);
      const writer = await store.acquire();
      assert(writer, `${where}: the mutex is free`);
      const state = `${where}, ${holder}`;
      assert.deepEqual(writer.warnings, [], state);
      await checkState(store, writer, promised, state);
      await writer.release();
      await store.close();
      const left = (await readdir(path)).filter((name) => name.endsWith(".new") || name.startsWith("damaged"));
      assert.deepEqual(left, [], state);
    }
  }

  async function checkState(store: JsonTaskStore, writer: StoreWriter, promised: ReadonlySet<string>, state: string): Promise<void> {
    const tasks = [...writer.tasks()].map((task) => task.id);
    const ended = (await store.history()).map((entry) => entry.id);
    const pending = await writer.takeRequests();
    assert.equal(new Set(tasks).size, tasks.length, state);
    for (let index = 1; index < 10; index++) assert(tasks.includes(`t${index}`), `${state}: t${index}`);
    assert.equal(ended.filter((id) => id === "gone").length, 1, `${state}: the history has what had ended before`);
    assert.equal(pending.length + tasks.filter((id) => id === "requested").length, 1, `${state}: a request, or its effect`);
    assert.equal([...tasks, ...ended].filter((id) => id === "t0").length, 1, `${state}: t0 is either stored or ended`);
    if (promised.has("requested")) assert(tasks.includes("requested"), state);
    if (promised.has("new")) assert(tasks.includes("new"), state);
    if (promised.has("t0 ended")) assert(ended.includes("t0"), state);
  }
});
