import assert from "node:assert/strict";
import * as fs from "node:fs";
import { appendFile, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { toHistoryEntry } from "../../server/store/contract/history-entry.ts";
import { JsonTaskStore } from "../../server/store/index.ts";
import { HistoryFile } from "../../server/store/journal/history-file.ts";
import { encodeChecked } from "../../server/store/journal/journal-codec.ts";
import type { EndedTask } from "../../server/store/journal/journal-state.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { creation, ending, sampleTask } from "./sample-records.ts";

describe("The history", () => {
  const directory = temporaryDirectory();
  let path = "";

  beforeEach(() => {
    path = join(directory(), "history.jsonl");
  });

  async function endTasks(...ids: string[]): Promise<void> {
    const store = await JsonTaskStore.open(directory());
    const writer = await store.acquire();
    for (const id of ids) {
      writer?.append(creation(sampleTask({ id })));
      writer?.append(ending(id));
    }
    await store.close();
  }

  /** What a reader sees, and what the next holder and then a reader see. */
  async function recalled(): Promise<string[][]> {
    const store = await JsonTaskStore.open(directory());
    const before = await store.history();
    await (await store.acquire())?.release();
    const after = await store.history();
    await store.close();
    return [before, after].map((entries) => entries.map((entry) => entry.id));
  }

  it("is a file of lines, oldest first", async () => {
    await endTasks("a", "b");
    const lines = (await readFile(path, "utf8")).split("\n").filter((line) => line !== "");
    assert.deepEqual(
      lines.map((line) => JSON.parse(line).id),
      ["a", "b"],
    );
  });

  it("is restored from the journal where a crash took something from it", async () => {
    const damages: [string, () => Promise<void>][] = [
      ["all of it", () => rm(path)],
      ["its end, within a line", async () => truncate(path, (await stat(path)).size - 30)],
      ["something in the middle", async () => writeFile(path, (await readFile(path, "utf8")).replace('"id":"b"', '"id":"\0"'))],
      ["nothing, but there is an incomplete line", () => appendFile(path, '{"crc":"0000')],
    ];
    await endTasks("a", "b", "c");
    for (const [what, damage] of damages) {
      await damage();
      assert.deepEqual(
        await recalled(),
        [
          ["c", "b", "a"],
          ["c", "b", "a"],
        ],
        what,
      );
    }
    await endTasks("d");
    assert.deepEqual((await recalled())[1], ["d", "c", "b", "a"]);
  });

  it("reports lines that are no longer as they were written: to readers as damaged, by the next holder as set aside, once", async () => {
    await endTasks("a", "b", "c");
    // Forgets them in the journal.
    await appendFile(join(directory(), "tasks.jsonl"), "\nnonsense\n");
    await await JsonTaskStore.open(directory()).then(async (store) => ((await store.acquire()) ?? assert.fail()).release());
    const damaged = (await readFile(path, "utf8")).replace('"id":"b"', '"id":"B"');
    await writeFile(path, `${damaged}{"crc":"0000`);
    const [line = ""] = damaged.split("\n").filter((text) => text.includes('"B"'));
    const store = await JsonTaskStore.open(directory());
    const problems: string[] = [];
    const ids = (await store.history({ onDamaged: ({ problem, raw }) => problems.push(`${problem} ${raw}`) })).map(({ id }) => id);
    assert.deepEqual(ids, ["c", "a"]);
    assert.deepEqual(problems, [`A line of ${path} is damaged. ${line}`]);
    const writer = await store.acquire();
    assert.match(
      writer?.warnings.join() ?? "",
      /^A damaged line of .*history\.jsonl could not be used; see .*damaged-.*jsonl\. Everything else/,
    );
    await writer?.release();
    assert.deepEqual(await recalled(), [
      ["c", "a"],
      ["c", "a"],
    ]);
    const next = await store.acquire();
    assert.deepEqual(next?.warnings, []);
    await store.close();
    const files = (await readdir(directory())).filter((name) => name.startsWith("damaged")).sort();
    assert.equal(await readFile(join(directory(), files.at(-1) ?? ""), "utf8"), `${line}\n`);
  });

  it("is checked by each holder at its end, and elsewhere by one of the next holders", async () => {
    const lines = Array.from({ length: 4_000 }, (_, at) => encodeChecked({ seq: at + 1, padding: "x".repeat(1_000) }));
    const spoiled = [0, 700, 1_900, 2_500, 3_999];
    for (const at of spoiled) lines[at] = (lines[at] ?? "").replace('"padding":"x', '"padding":"y');
    await writeFile(path, lines.join(""));
    const history = new HistoryFile(fs, directory());
    const starts = spoiled.map((at) => lines.slice(0, at).join("").length);
    const found = new Set<number>();
    for (let turn = 1; turn <= 4; turn++) {
      const { ranges } = (await history.damaged(turn)).get(path) ?? assert.fail(`turn ${turn}`);
      const inThisTurn = ranges.map(({ start }) => start);
      assert.equal(inThisTurn.at(-1), starts.at(-1), "the newest");
      assert.deepEqual([...new Set(inThisTurn)], inThisTurn, "none twice");
      for (const start of inThisTurn) found.add(start);
    }
    assert.deepEqual(
      [...found].sort((a, b) => a - b),
      starts,
    );
  });

  it("goes on when the journal was removed by hand", async () => {
    await endTasks("a", "b");
    await rm(join(directory(), "tasks.jsonl"));
    await endTasks("c");
    assert.deepEqual(await recalled(), [
      ["c", "b", "a"],
      ["c", "b", "a"],
    ]);
  });

  it("has all of it, each once, when it is read while a holder works", async () => {
    const reader = await JsonTaskStore.open(directory());
    const writerStore = await JsonTaskStore.open(directory());
    const writer = await writerStore.acquire();
    const expected: string[] = [];
    for (let index = 0; index < 60; index++) {
      writer?.append(creation(sampleTask({ id: `t${index}` })));
      writer?.append(ending(`t${index}`));
      await writer?.flush();
      expected.unshift(`t${index}`);
      const entries = await reader.history();
      assert.deepEqual(
        entries.map((entry) => entry.id),
        expected,
      );
    }
    await writerStore.close();
    await reader.close();
  });

  const ended = (seq: number): EndedTask => ({
    seq,
    entry: toHistoryEntry(sampleTask({ id: `t${seq}` }), "finished", "2026-11-24T04:00:00.000Z"),
  });

  async function all(history: HistoryFile): Promise<number[]> {
    const found: number[] = [];
    for await (const { seq } of history.entries()) found.push(seq);
    return found;
  }

  describe("on a disk that takes only a part of a write", () => {
    type Write = (fd: number, bytes: Uint8Array, start: number, length: number, position: number | null) => number;

    function historyOn(writeSync: Write): HistoryFile {
      return new HistoryFile({ ...fs, writeSync } as typeof fs, directory());
    }

    it("has all of the entry when the rest follows", async () => {
      const history = historyOn((fd, bytes, start, length, position) => fs.writeSync(fd, bytes, start, Math.ceil(length / 2), position));
      history.append([ended(1), ended(2)]);
      history.append([ended(3)]);
      history.close();
      assert.deepEqual(await all(history), [3, 2, 1]);
    });

    for (const [failure, fail] of [
      [
        "fails",
        () => {
          throw Object.assign(new Error("full"), { code: "ENOSPC" });
        },
      ],
      ["does nothing", () => 0],
    ] as const) {
      it(`has none of the entry when the rest ${failure}, not even a byte`, async () => {
        new HistoryFile(fs, directory()).append([ended(1)]);
        const before = await readFile(path);
        for (const completeWrites of [0, 1]) {
          let writes = 0;
          const history = historyOn((fd, bytes, start, length, position) => {
            if (writes++ === completeWrites) return fs.writeSync(fd, bytes, start, length >> 1, position);
            if (writes <= completeWrites) return fs.writeSync(fd, bytes, start, length, position);
            return fail();
          });
          assert.throws(() => history.append([ended(2), ended(3)]), { name: "StoreError", message: /disk is full/ });
          assert.equal((await readFile(path, "utf8")).trimEnd(), before.toString().trimEnd());
          assert.deepEqual(await all(history), [1]);
        }
        const history = new HistoryFile(fs, directory());
        history.append([ended(2)]);
        history.close();
        assert.deepEqual(await all(history), [2, 1]);
      });
    }
  });

  describe("in files of limited size", () => {
    it("forgets the oldest, and keeps one older file", async () => {
      const history = new HistoryFile(fs, directory(), { maxBytes: 4_000 });
      for (let seq = 1; seq <= 100; seq++) history.append([ended(seq)]);
      history.close();
      const found = await all(history);
      assert.deepEqual(
        found,
        Array.from(found, (_, index) => 100 - index),
        "newest first, without gaps",
      );
      assert(found.length > 10 && found.length < 50, String(found.length));
      for (const name of await readdir(directory())) assert((await stat(join(directory(), name))).size < 5_000);
    });

    it("does not take for lost what was forgotten on purpose", async () => {
      const history = new HistoryFile(fs, directory(), { maxBytes: 4_000 });
      for (let seq = 1; seq <= 100; seq++) history.append([ended(seq)]);
      history.close();
      const { keys, completeFrom } = await history.recordedAfter(0);
      assert.equal(completeFrom, Math.min(...[...keys].map((key) => Number.parseInt(key, 10))));
    });

    it("is read backwards over any size of line", async () => {
      const history = new HistoryFile(fs, directory());
      const sizes = [0, 10, 1 << 18, (1 << 18) - 200, 3 << 18, 5, 1 << 19];
      sizes.forEach((size, index) => {
        history.append([{ seq: index, entry: { ...ended(index).entry, message: "é".repeat(size) } }]);
      });
      history.close();
      const found: number[] = [];
      for await (const { entry } of history.entries()) found.unshift(entry.message.length);
      assert.deepEqual(found, sizes);
    });
  });
});
