import assert from "node:assert/strict";
import { appendFile, mkdir, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type DamagedTask, JsonTaskStore, StoreError } from "../../server/store/index.ts";
import { encodeChecked, encodeHeader, encodeLine } from "../../server/store/journal/journal-codec.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { isThorough } from "../support/thoroughness.ts";
import { creation, ending, sampleTask, statusChange } from "./sample-records.ts";

describe("A journal that is not as it was written", () => {
  const directory = temporaryDirectory();
  let path = "";

  beforeEach(async () => {
    path = join(directory(), "tasks.jsonl");
    await work(async (writer) => {
      for (const id of ["a", "b", "c"]) {
        writer.append(creation(sampleTask({ id })));
        await writer.flush();
      }
    });
  });

  type Writer = NonNullable<Awaited<ReturnType<JsonTaskStore["acquire"]>>>;

  /** What one holder does; resolves with what it was told. */
  async function work(action: (writer: Writer) => void | Promise<void> = () => {}): Promise<readonly string[]> {
    const store = await JsonTaskStore.open(directory());
    const writer = await store.acquire();
    assert(writer);
    await action(writer);
    await writer.release();
    await store.close();
    return writer.warnings;
  }

  /** What somebody without the mutex sees. */
  async function look() {
    const store = await JsonTaskStore.open(directory());
    try {
      const { tasks, damaged } = await store.read();
      return { tasks: Object.fromEntries(tasks.map(({ id, status }) => [id, status])), damaged };
    } finally {
      await store.close();
    }
  }

  const lines = async () => (await readFile(path, "utf8")).split("\n");
  const damagedFiles = async () => (await readdir(directory())).filter((name) => name.startsWith("damaged-"));
  async function edit(change: (text: string) => string) {
    await writeFile(path, change(await readFile(path, "utf8")));
  }

  describe("with an incomplete last line", () => {
    it("is read up to the last whole line, and the rest is cut off before anything is appended", async () => {
      await truncate(path, (await stat(path)).size - 20);
      const before = await readFile(path, "utf8");
      assert.deepEqual((await look()).tasks, { a: "created", b: "created" });
      assert.equal(await readFile(path, "utf8"), before, "readers repair nothing");
      assert.deepEqual(await work((writer) => writer.append(creation(sampleTask({ id: "d" })))), []);
      assert.deepEqual((await look()).tasks, { a: "created", b: "created", d: "created" });
      assert.deepEqual(await damagedFiles(), []);
      assert.equal((await lines()).length, 5);
    });

    it("keeps a line that lacks nothing but its newline", async () => {
      await truncate(path, (await stat(path)).size - 1);
      assert.deepEqual(await work((writer) => writer.append(creation(sampleTask({ id: "d" })))), []);
      assert.deepEqual((await look()).tasks, { a: "created", b: "created", c: "created", d: "created" });
    });

    it("keeps a line that has only the first half of a newline of Windows", async () => {
      await edit((text) => text.replaceAll("\n", "\r\n").slice(0, -1));
      assert.deepEqual(await work((writer) => writer.append(creation(sampleTask({ id: "d" })))), []);
      assert.deepEqual((await look()).tasks, { a: "created", b: "created", c: "created", d: "created" });
    });

    it("may have lost the first of several lines that were written together", async () => {
      const lost = "\n".repeat(200);
      await appendFile(path, `${lost}${encodeLine(5, statusChange("a", "running"))}`);
      const [warning] = await work();
      assert.match(warning ?? "", /is missing transaction 4; everything else was kept/);
      assert.deepEqual(await work(), [], "told once");
      assert.deepEqual((await look()).tasks, { a: "running", b: "created", c: "created" });
    });
  });

  describe("with line ends that are not its own", () => {
    const ends: [name: string, change: (text: string) => string][] = [
      ["as Windows writes them", (text) => text.replaceAll("\n", "\r\n")],
      ["with blanks before them", (text) => text.replaceAll("\n", " \t\n")],
      ["with a blank before the last one", (text) => text.replace(/\n$/, " \n")],
      ["as Windows writes them, in reserved space, too", (text) => `${text}\n\n\n`.replaceAll("\n", "\r\n")],
    ];
    for (const [name, change] of ends) {
      it(`loses nothing and reports nothing: ${name}`, async () => {
        await edit(change);
        assert.deepEqual((await look()).tasks, { a: "created", b: "created", c: "created" });
        assert.deepEqual(await work((writer) => writer.append(creation(sampleTask({ id: "d" })))), []);
        assert.deepEqual((await look()).tasks, { a: "created", b: "created", c: "created", d: "created" });
        assert.deepEqual(await work(), []);
        assert.deepEqual(await damagedFiles(), []);
      });
    }
  });

  describe("with an end that no crash leaves", () => {
    const reserved = "\n".repeat(500);

    /** All that was cut off is in a file, and was reported. */
    async function assertSetAside(...cut: string[]): Promise<void> {
      const [warning = ""] = await work();
      assert.match(warning, cut.length === 1 ? /^A damaged line/ : new RegExp(`^${cut.length} damaged lines`));
      const [file = ""] = await damagedFiles();
      assert.equal(await readFile(join(directory(), file), "utf8"), cut.map((line) => `${line}\n`).join(""));
    }

    it("sets aside each of several bad lines at the end", async () => {
      await edit((text) => text.replaceAll(/\]\}\n/g, "]|\n"));
      const cut = (await lines()).slice(1, -1);
      assert.equal(cut.length, 3);
      await assertSetAside(...cut);
    });

    it("sets aside a last line that was whole once, whichever bit of it flips", async function () {
      this.timeout(120_000);
      const intact = await readFile(path);
      const start = intact.lastIndexOf(0x0a, -2) + 1;
      for (let bit = start * 8; bit < (intact.length - 1) * 8; bit += isThorough ? 1 : 37) {
        const flipped = Buffer.from(intact);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        await writeFile(path, flipped);
        const warnings = await work();
        assert.match(warnings[0] ?? "", /damaged line/, `bit ${bit & 7} of byte ${(bit >> 3) - start}`);
      }
    });

    it("sets aside a whole line with a wrong end in reserved space, and cuts off a torn one there", async () => {
      const line = encodeLine(4, statusChange("a", "running")).trimEnd();
      await appendFile(path, `${line.slice(0, -1)}|${reserved}`);
      await assertSetAside(`${line.slice(0, -1)}|`);
      for (let length = 1; length < line.length; length += isThorough ? 1 : 7) {
        await appendFile(path, `${line.slice(0, length)}${reserved}`);
        assert.deepEqual(await work(), [], line.slice(0, length));
      }
      assert.equal((await damagedFiles()).length, 1);
    });

    it("cuts off a torn line that zeros follow, as a power cut may leave it", async () => {
      await appendFile(path, `${encodeLine(4, statusChange("a", "running")).slice(0, 40)}${"\0".repeat(300)}`);
      assert.deepEqual(await work(), []);
      assert.deepEqual(await damagedFiles(), []);
    });
  });

  describe("with reserved space behind it, left by a killed holder", () => {
    it("is continued right after its last line", async () => {
      await appendFile(path, "\n".repeat(100_000));
      assert.deepEqual((await look()).tasks, { a: "created", b: "created", c: "created" });
      assert.deepEqual(await work((writer) => writer.append(creation(sampleTask({ id: "d" })))), []);
      assert.equal((await lines()).length, 6, "and the space is given back");
    });
  });

  describe("with a damaged line", () => {
    const damage = () => edit((text) => text.replace('"id":"b"', '"id":"B"'));

    it("sets that line aside, tells people where, and keeps the rest", async () => {
      await damage();
      const [damagedLine = ""] = (await lines()).filter((line) => line.includes('"B"'));
      assert.deepEqual((await look()).tasks, { a: "created", c: "created" });
      assert.deepEqual(await damagedFiles(), [], "readers set nothing aside");
      const warnings = await work();
      const [file = ""] = await damagedFiles();
      assert.equal(warnings.length, 2);
      assert.match(warnings[0] ?? "", /^A damaged line of .*tasks\.jsonl could not be used; see .*damaged-.*\.jsonl\. Everything else/);
      assert(warnings[0]?.includes(file));
      assert.match(warnings[1] ?? "", /is missing transaction 2/);
      assert.equal(await readFile(join(directory(), file), "utf8"), `${damagedLine}\n`);
      assert.deepEqual((await look()).tasks, { a: "created", c: "created" });
      assert.deepEqual(await work(), [], "told once");
      assert.equal((await damagedFiles()).length, 1);
    });

    it("is noticed as well when this store has read it before", async () => {
      await damage();
      const store = await JsonTaskStore.open(directory());
      await store.read();
      const writer = await store.acquire();
      assert.equal(writer?.warnings.length, 2);
      await store.close();
      assert.equal((await damagedFiles()).length, 1);
    });

    it("as its last one keeps that line too: it may have been promised", async () => {
      await edit((text) => text.replace('"id":"c"', '"id":"C"'));
      assert.equal((await work()).length, 1);
      assert.equal((await damagedFiles()).length, 1);
    });

    it("as its header is used all the same", async () => {
      await edit((text) => text.replace("format", "fromat"));
      assert.deepEqual((await look()).tasks, { a: "created", b: "created", c: "created" });
      assert.equal((await work((writer) => writer.append(statusChange("b", "paused")))).length, 1);
      assert.deepEqual((await look()).tasks, { a: "created", b: "paused", c: "created" });
    });

    it("full of bytes that are no text keeps them as they are", async () => {
      const bytes = Buffer.from([0xff, 0x00, 0xfe, 0x22]);
      await appendFile(path, bytes);
      await appendFile(path, "\n");
      await appendFile(path, encodeLine(4, statusChange("a", "paused")));
      assert.equal((await work()).length, 1);
      const [file = ""] = await damagedFiles();
      assert.deepEqual(await readFile(join(directory(), file)), Buffer.concat([bytes, Buffer.from("\n")]));
      assert.equal((await look()).tasks.a, "paused");
    });
  });

  describe("with any bit of its header flipped", () => {
    const checked = encodeHeader({ id: "0c8ad4dc", seq: 66 });
    const { crc: _crc, ...fields } = JSON.parse(checked);
    const unchecked = `${JSON.stringify(fields)}\n`;
    const rest = [
      ...["a", "b", "c", "d"].map((id) => encodeLine(66, creation(sampleTask({ id })))),
      encodeLine(67, statusChange("a", "paused")),
      encodeLine(68, ending("d")),
    ].join("");

    for (const [name, header] of [
      ["", checked],
      [", written without a checksum by an earlier version", unchecked],
    ] as const) {
      it(`loses no task, neither a stored nor an ended one${name}`, async function () {
        this.timeout(120_000);
        for (let bit = 0; bit < (header.length - 1) * 8; bit += isThorough ? 1 : 5) {
          await rm(directory(), { recursive: true });
          await mkdir(directory());
          const bytes = Buffer.from(header);
          bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
          await writeFile(path, Buffer.concat([bytes, Buffer.from(rest)]));
          const where = bytes.toString("latin1");
          const expected = { a: "paused", b: "created", c: "created" };
          assert.deepEqual((await look()).tasks, expected, where);
          const warnings = await work((writer) => writer.append(statusChange("c", "paused")));
          assert(warnings.length <= 1, `${where}${warnings.join("\n")}`);
          assert.deepEqual((await look()).tasks, { ...expected, c: "paused" }, where);
          const store = await JsonTaskStore.open(directory());
          assert.deepEqual(
            (await store.history()).map(({ id }) => id),
            ["d"],
            where,
          );
          await store.close();
          assert.deepEqual(await work(), [], where);
          for (const file of await damagedFiles()) assert.equal((await readFile(join(directory(), file), "latin1")).split("\n").length, 2);
        }
      });
    }
  });

  describe("without lines of its snapshot", () => {
    const compacted = async () => {
      await appendFile(path, "\nnonsense\n");
      await work();
      for (const file of await damagedFiles()) await rm(join(directory(), file));
    };

    it("reports how many were removed, once, and keeps the rest", async () => {
      await compacted();
      await edit((text) =>
        text
          .split("\n")
          .filter((_, index) => index !== 2)
          .join("\n"),
      );
      const left = { a: "created", c: "created" };
      assert.deepEqual((await look()).tasks, left);
      const warnings = await work((writer) => writer.append(statusChange("a", "created")));
      assert.equal(warnings.length, 1);
      assert.match(warnings[0] ?? "", /tasks\.jsonl is missing a line of its snapshot.*everything else was kept/);
      assert.deepEqual(await work(), []);
      assert.deepEqual((await look()).tasks, left);
    });

    it("reports a damaged one only as damaged, and notices a removed one behind later transactions", async () => {
      await compacted();
      await work((writer) => writer.append(statusChange("a", "paused")));
      await edit((text) => text.replace('"id":"b"', '"id":"B"'));
      assert.match((await work()).join(), /^A damaged line[^;]*; see[^;]*$/);
      await edit((text) =>
        text
          .split("\n")
          .filter((line) => !line.includes('"id":"c"'))
          .join("\n"),
      );
      await work((writer) => writer.append(statusChange("a", "running")));
    });

    it("is as good as it was where an earlier version has not counted them", async () => {
      const tasks = ["a", "b"].map((id) => encodeLine(2, creation(sampleTask({ id }))));
      await writeFile(path, [encodeHeader({ id: "earlier", seq: 2 }), ...tasks].join(""));
      assert.deepEqual(await work(), []);
      assert.deepEqual((await look()).tasks, { a: "created", b: "created" });
    });
  });

  describe("that is gone", () => {
    const losses: [how: string, lose: () => Promise<void>, warning: RegExp][] = [
      ["removed", () => rm(path), /tasks\.jsonl is missing, although earlier ticks have used this store/],
      ["emptied", () => truncate(path, 0), /tasks\.jsonl is empty/],
      ["replaced by something else", () => writeFile(path, "hello\n"), /^A damaged line of .*tasks\.jsonl could not be used; see/],
      ["replaced by reserved space", () => writeFile(path, "\n".repeat(70_000)), /tasks\.jsonl is empty/],
    ];
    for (const [how, lose, expected] of losses) {
      it(`is reported once, and the store goes on: ${how}`, async () => {
        await lose();
        assert.deepEqual((await look()).tasks, {});
        const warnings = await work((writer) => writer.append(creation(sampleTask({ id: "d" }))));
        assert.equal(warnings.length, 1);
        assert.match(warnings[0] ?? "", expected);
        const texts = await Promise.all((await damagedFiles()).map((file) => readFile(join(directory(), file), "utf8")));
        assert.deepEqual(texts, how.includes("something") ? ["hello\n"] : []);
        assert.deepEqual(await work(), []);
        assert.deepEqual((await look()).tasks, { d: "created" });
      });
    }

    it("is reported where only the history knows of it", async () => {
      await work((writer) => writer.append(ending("a")));
      await rm(path);
      await rm(join(directory(), "tick.lock"), { recursive: true });
      assert.match((await work()).join(), /is missing, although/);
    });

    it("is not missed in a new store", async () => {
      await rm(directory(), { recursive: true });
      assert.deepEqual(await work(), []);
    });
  });

  describe("with lines and files of any size", () => {
    it("sets 200,000 bad lines aside, in little time and memory", async () => {
      const bad = "bad\n".repeat(200_000);
      await appendFile(path, `${bad}${encodeLine(4, statusChange("a", "paused"))}`);
      assert.equal((await look()).tasks.a, "paused");
      assert.match((await work()).join(), /^200000 damaged lines/);
      const [file = ""] = await damagedFiles();
      assert.equal(await readFile(join(directory(), file), "utf8"), bad);
      assert.deepEqual((await look()).tasks, { a: "paused", b: "created", c: "created" });
    });

    it("reads a line of many parts, and sets aside one that is longer than any that it writes", async () => {
      const long = "x".repeat(5 << 20);
      await work((writer) => writer.append({ changes: [{ kind: "change", id: "a", set: { message: long } }] }));
      await appendFile(path, Buffer.alloc(130 << 20, "y"));
      await appendFile(path, `\n${encodeLine(5, statusChange("b", "paused"))}`);
      assert.equal((await look()).tasks.b, "paused");
      assert.match((await work()).join(), /^A damaged line/);
      const [file = ""] = await damagedFiles();
      assert((await stat(join(directory(), file))).size > 130 << 20);
      const store = await JsonTaskStore.open(directory());
      assert.equal((await store.read()).tasks.find(({ id }) => id === "a")?.message, long);
      await store.close();
    });

    it("writes no line that it could not read", async () => {
      await work((writer) => {
        const message = "x".repeat(130 << 20);
        assert.throws(
          () => writer.append({ changes: [{ kind: "change", id: "a", set: { message } }] }),
          (error) => error instanceof StoreError && /131 MiB long, more than the 128 MiB.*Keep large data in files/.test(error.message),
        );
        writer.append(statusChange("a", "paused"));
      });
      assert.equal((await look()).tasks.a, "paused");
    });
  });

  describe("with transactions that do not fit", () => {
    it("sets them aside as a whole and goes on", async () => {
      const misfits = [
        encodeLine(4, { changes: [...statusChange("a", "running").changes, ...statusChange("unknown", "running").changes] }),
        encodeLine(5, creation(sampleTask({ id: "b" }))),
        encodeLine(6, { changes: [{ kind: "frobnicate", id: "c" } as never] }),
        encodeLine(6, statusChange("a", "failed")),
      ];
      await appendFile(path, [...misfits, encodeLine(7, statusChange("c", "paused"))].join(""));
      assert.deepEqual((await look()).tasks, { a: "created", b: "created", c: "paused" });
      const [warning] = await work();
      assert.match(warning ?? "", /^4 damaged lines/);
      const [file = ""] = await damagedFiles();
      assert.equal(await readFile(join(directory(), file), "utf8"), misfits.join(""));
      assert.deepEqual((await look()).tasks, { a: "created", b: "created", c: "paused" });
    });
  });

  describe("with tasks that this version cannot understand", () => {
    const oddities: [name: string, line: string, id: string, problem: RegExp][] = [
      [
        "an unknown status",
        encodeLine(4, creation(sampleTask({ id: "odd", status: "dreaming" as never }))),
        "odd",
        /status "dreaming" is not known/,
      ],
      ["an unknown type", encodeLine(4, creation(sampleTask({ id: "odd", type: "batch" as never }))), "odd", /type "batch" is not known/],
      ["no list of actions", encodeLine(4, creation(sampleTask({ id: "odd", actions: 7 as never }))), "odd", /actions is not a list/],
      ["an unknown status from a change", encodeLine(4, statusChange("b", "dreaming" as never)), "b", /status "dreaming" is not known/],
    ];
    for (const [name, line, id, problem] of oddities) {
      it(`shows them as damaged, with all that is known, and never loses them: ${name}`, async () => {
        await appendFile(path, line);
        const [task] = (await look()).damaged;
        assert(task);
        assertDamaged(task);
        for (let holder = 0; holder < 3; holder++) {
          // Damage elsewhere makes the holder write the journal anew.
          await appendFile(path, "\nnonsense\n");
          await work((writer) => writer.append(statusChange("a", holder % 2 ? "paused" : "running")));
          const { damaged, tasks } = await look();
          assert.deepEqual(damaged, [task]);
          assert(!(id in tasks));
        }
      });

      function assertDamaged(task: DamagedTask) {
        assert.equal(task.id, id);
        assert.equal(task.class, "Maintenance");
        assert.match(task.problem, problem);
        assert(task.raw.endsWith(line.trimEnd()), task.raw);
      }
    }

    it("collects what is said later of such a task", async () => {
      await appendFile(path, encodeLine(4, statusChange("b", "dreaming" as never)) + encodeLine(5, statusChange("b", "paused")));
      const [task] = (await look()).damaged;
      assert.equal(task?.raw.split("\n").length, 3);
    });

    it("lets people give them up: the raw lines go to the history", async () => {
      await appendFile(path, encodeLine(4, creation(sampleTask({ id: "odd", status: "dreaming" as never }))));
      await work((writer) => writer.append(ending("odd")));
      const store = await JsonTaskStore.open(directory());
      const [entry] = await store.history();
      assert.equal(entry?.id, "odd");
      assert.match(String(entry?.params), /dreaming/);
      assert.deepEqual((await store.read()).damaged, []);
      await store.close();
    });

    it("keeps fields it does not know", async () => {
      const task = { ...sampleTask({ id: "new" }), colour: "green", actions: [{ ...sampleTask().actions[0], weight: 3 }] };
      await appendFile(path, encodeLine(4, creation(task as never)));
      await work((writer) => writer.append(statusChange("new", "paused")));
      await appendFile(path, "\nnonsense\n");
      await work();
      const store = await JsonTaskStore.open(directory());
      const stored = (await store.read()).tasks.find(({ id }) => id === "new");
      await store.close();
      assert.deepEqual(stored, { ...task, status: "paused" });
    });
  });

  describe("written by a newer version", () => {
    it("is refused and left as it is", async () => {
      const newer = { format: "background-task-ex journal", version: 2, id: "of a newer version", seq: 0 };
      await edit((text) => encodeChecked(newer) + text.slice(text.indexOf("\n") + 1));
      await appendFile(path, encodeChecked({ seq: 4, news: true }));
      const before = await readFile(path);
      const store = await JsonTaskStore.open(directory());
      const refusal = (error: unknown) =>
        error instanceof StoreError && error.code === "newer-version" && error.message.includes(path) && error.message.includes("Update");
      for (let attempt = 0; attempt < 2; attempt++) {
        await assert.rejects(store.read(), refusal);
        await assert.rejects(store.acquire(), refusal, "and the mutex is free again");
        await assert.rejects(store.submit({ kind: "pause", task: "a" }), refusal);
        assert.deepEqual(await readdir(join(directory(), "inbox")), []);
      }
      await store.close();
      assert.deepEqual(await readFile(path), before);
    });
  });
});
