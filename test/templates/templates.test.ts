import assert from "node:assert/strict";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { classNamesOf, fillTemplate, isTaken, templates } from "../../client/new-task-file/templates.ts";
import type { HistoryJson } from "../../server/json/history-json.ts";
import { EmptyFolder } from "./support/empty-folder.ts";

const all = templates((text) => text);

describe("The templates of task files, in an empty folder and without a network", function () {
  this.timeout(120_000);
  let folder: EmptyFolder;
  beforeEach(async () => {
    folder = new EmptyFolder();
    await folder.begin();
  });
  afterEach(() => folder.remove());

  for (const template of all) {
    describe(template.label, () => {
      beforeEach(() => folder.writeTemplate(template));

      it("compiles, whatever a project's compiler is told to be strict about", () => {
        assert.equal(folder.typeErrors(), "");
        assert.equal(folder.typeErrors({ strictest: true }), "");
      });

      it("compiles where no configuration asks for Node's types", async () => {
        const text = await folder.read("tsconfig.json");
        await writeFile(folder.path("tsconfig.json"), text.replace('"types": ["node"]', '"types": []'));
        await folder.writeTemplate(template, { namesNodeTypes: true });
        assert.equal(folder.typeErrors(), "");
      });

      it("passes the checks", async () => {
        assert.deepEqual(await folder.run("check"), { diagnostics: [] });
      });

      for (const [what, params] of [
        ["with the params that are proposed", template.params],
        ["without any", {}],
      ] as const) {
        it(`runs ${what}, and each of its actions finishes`, async () => {
          await folder.run("create", template.className, "--params", JSON.stringify(params));
          await folder.run("drain");
          const { entries } = await folder.run<HistoryJson>("history");
          assert.equal(entries.length, 1);
          assert.equal(entries[0]?.outcome, "finished");
          const outcomes = new Set(entries[0]?.actions.map(({ outcome }) => outcome));
          assert.deepEqual([...outcomes], ["finished"]);
        });
      }
    });
  }

  it("can be used together, and one of them twice", async () => {
    for (const template of all) await folder.writeTemplate(template);
    await folder.writeTemplate(templateOf("chunkedFiles"), { className: "CompressLogs", file: "compress-logs.task.ts" });
    assert.equal(folder.typeErrors(), "");
    assert.deepEqual(await folder.run("check"), { diagnostics: [] });
  });

  it("fetch from a real server what it has, page by page", async () => {
    const asked: (string | undefined)[] = [];
    const server = createServer(({ url }, response) => {
      asked.push(url);
      const query = new URL(url ?? "", "http://localhost").searchParams;
      const [offset, limit] = [Number(query.get("offset")), Number(query.get("limit"))];
      response.end(JSON.stringify(Array.from({ length: 70 }, (_, index) => index).slice(offset, offset + limit)));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      await folder.writeTemplate(templateOf("pagedApi"));
      const api = `http://127.0.0.1:${(server.address() as AddressInfo).port}/items`;
      await folder.run("create", "FetchItems", "--params", JSON.stringify({ api }));
      await folder.run("drain");
      assert.deepEqual(asked, ["/items?offset=0&limit=50", "/items?offset=50&limit=50"]);
      assert.equal(JSON.parse(await folder.read("items/items-000050.json")).length, 20);
    } finally {
      server.close();
    }
  });

  it("delete the oldest backups only, as many as there are too many", async () => {
    await folder.writeTemplate(templateOf("scheduled"));
    const old = ["2001-01-01", "2001-01-02", "2001-01-03"];
    for (const day of old) await mkdir(folder.path("backups", day), { recursive: true });
    await mkdir(folder.path("backups", "mine"));
    await folder.run("create", "BackUpFiles", "--params", JSON.stringify({ keep: 2 }));
    await folder.run("drain");
    const left = await readdir(folder.path("backups"));
    assert.deepEqual(left.filter((name) => name < "2002" || name === "mine").sort(), ["2001-01-03", "mine"]);
    assert.equal(left.length, 3);
  });

  it("have their class names replaced wherever they stand", () => {
    for (const template of all) {
      assert.doesNotMatch(fillTemplate(template, "Other"), new RegExp(template.className));
      assert.ok(classNamesOf(template, "Other").includes("Other"));
      assert.ok(classNamesOf(template, "Other").every((name) => name.startsWith("Other")));
    }
  });

  it("know which names mean something else in them", () => {
    for (const name of ["BackgroundTaskEx", "Params"]) for (const template of all) assert.ok(isTaken(template, name), name);
    assert.ok(isTaken(templateOf("chunkedFiles"), "Promise"));
    for (const template of all) assert.ok(!isTaken(template, template.className));
    assert.ok(!isTaken(templateOf("chunkedFiles"), "Param"));
  });

  function templateOf(id: (typeof all)[number]["id"]) {
    const found = all.find((template) => template.id === id);
    assert.ok(found);
    return found;
  }
});
