import assert from "node:assert/strict";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { JsonTaskStore, type TaskRequest } from "../../server/store/index.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { creation, sampleTask } from "./sample-records.ts";

describe("The inbox", () => {
  const directory = temporaryDirectory();
  const opened: JsonTaskStore[] = [];
  let inbox = "";

  beforeEach(() => {
    inbox = join(directory(), "inbox");
  });
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
  });

  async function open(): Promise<JsonTaskStore> {
    const store = await JsonTaskStore.open(directory());
    opened.push(store);
    return store;
  }

  it("holds a request as a file of JSON, with others submitted at the same moment", async () => {
    const store = await open();
    const ids = await Promise.all(Array.from({ length: 100 }, (_, index) => store.submit({ kind: "pause", task: `t${index}` })));
    const [name = "", ...others] = await readdir(inbox);
    assert.deepEqual(others, []);
    assert.match(name, /\.json$/);
    const { version, requests } = JSON.parse(await readFile(join(inbox, name), "utf8"));
    assert.deepEqual([version, requests.map(({ id }: TaskRequest) => id)], [1, ids]);
  });

  it("is empty once all is fulfilled", async () => {
    const store = await open();
    await Promise.all(Array.from({ length: 10 }, () => store.submit({ kind: "pause", task: "a" })));
    const writer = await store.acquire();
    for (const { id } of (await writer?.takeRequests()) ?? []) writer?.append({ changes: [], request: id });
    await writer?.release();
    assert.deepEqual(await readdir(inbox), []);
  });

  it("applies a request once when its file comes back, as after a power cut", async () => {
    const store = await open();
    await store.submit({ kind: "create", tasks: [sampleTask({ id: "a" })] });
    const [name = ""] = await readdir(inbox);
    const content = await readFile(join(inbox, name));
    const writer = await store.acquire();
    const [request] = (await writer?.takeRequests()) ?? [];
    assert(request);
    writer?.append({ ...creation(sampleTask({ id: "a" })), request: request.id });
    await writer?.release();
    assert.deepEqual(await readdir(inbox), []);
    await writeFile(join(inbox, name), content);
    const other = await open();
    assert.deepEqual((await other.read()).requests, []);
    const next = await other.acquire();
    assert.deepEqual(await next?.takeRequests(), []);
    await next?.release();
    assert.deepEqual(await readdir(inbox), [], "and removes it again");
  });

  it("sets aside what it cannot understand, and says so", async () => {
    await mkdir(inbox, { recursive: true });
    const oddities = ["{", '{"version":2,"requests":[]}', '{"version":1,"requests":[{"id":"x","at":"y","body":{"kind":"dance"}}]}', "\0\0"];
    for (const [index, text] of oddities.entries()) await writeFile(join(inbox, `${index}.json`), text);
    const store = await open();
    assert.deepEqual((await store.read()).requests, []);
    const writer = await store.acquire();
    assert.deepEqual(await writer?.takeRequests(), []);
    const [warning = "", ...others] = writer?.warnings ?? [];
    assert.match(warning, /^4 requests in inbox, the first in inbox.0\.json, could not be read; see .*damaged-.*\.jsonl\.$/);
    assert.deepEqual(others, []);
    await writer?.release();
    assert.deepEqual(await readdir(inbox), []);
    const names = (await readdir(directory())).filter((name) => name.startsWith("damaged-"));
    const kept = await Promise.all(names.map((name) => readFile(join(directory(), name), "utf8")));
    for (const text of oddities) assert(kept.join("").includes(text), text);
  });

  it("ignores requests that are still being written", async () => {
    await mkdir(inbox, { recursive: true });
    await writeFile(join(inbox, "1.tmp"), '{"version":1,');
    const store = await open();
    const writer = await store.acquire();
    assert.deepEqual(writer?.warnings, []);
    assert.deepEqual(await writer?.takeRequests(), []);
    assert.deepEqual(await readdir(inbox), ["1.tmp"]);
  });
});
