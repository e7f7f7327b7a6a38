import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import fc from "fast-check";
import { type DamagedEntry, type HistoryEntry, JsonTaskStore, type TaskRecord } from "../../server/store/index.ts";
import { encodeChecked, encodeHeader, encodeLine } from "../../server/store/journal/journal-codec.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { assertProperty } from "../support/thoroughness.ts";
import { hostileStore, type StoreFiles, writeStore } from "./hostile-store.ts";
import { sampleAction, sampleTask } from "./sample-records.ts";

describe("A store that others have written, with right checksums", () => {
  const directory = temporaryDirectory();

  async function read(files: StoreFiles) {
    await writeStore(directory(), files);
    const store = await JsonTaskStore.open(directory(), { durability: "process" });
    try {
      const snapshot = await store.read();
      const damagedEntries: DamagedEntry[] = [];
      const entries = await store.history({ onDamaged: (entry) => damagedEntries.push(entry) });
      return { ...snapshot, entries, damagedEntries };
    } finally {
      await store.close();
    }
  }

  const journal = (...changes: readonly object[]) =>
    encodeHeader({ id: "x", seq: 0 }) + changes.map((change, index) => encodeLine(index + 1, { changes: [change as never] })).join("");
  const created = (fields: object) => ({ kind: "create", task: { ...sampleTask({ id: "odd" }), ...fields } });
  const entry: HistoryEntry = {
    ...sampleTask({ id: "ended" }),
    outcome: "finished",
    endedAt: "2026-11-24T04:00:00.000Z",
    actions: [{ id: "a", name: "A", class: "A", rank: 1, outcome: "finished", attempts: [], durationMs: 1 }],
  };
  const error = { name: "Error", message: "m", stack: "s", kind: "thrown", attempt: 1, during: "executeAction", at: entry.endedAt };
  const withError = (fields: object) => created({ actions: [{ ...sampleAction(), error: { ...error, ...fields } }] });

  for (const [what, change, problem] of [
    ["a message that is no text", created({ message: 7 }), /its message is not a string/],
    ["a next attempt at no time", created({ nextAttemptAt: "tomorrow" }), /its nextAttemptAt is not a valid time/],
    ["a time with a comment", created({ createdAt: "Mar 1 2026 (\u001b[2J)" }), /its createdAt is not a valid time/],
    ["a problem that is no text", created({ problem: {} }), /its problem is not a string/],
    ["an error without a message", withError({ message: null }), /its actions\[0\]\.error\.message is not a string/],
    ["an error whose causes have no end", withError({ cause: chain(200) }), /nested more than 32 levels deep/],
    ["two actions of one id", created({ actions: [sampleAction(), sampleAction()] }), /its actions have the same id/],
    [
      "progress that is no number",
      created({ actions: [{ ...sampleAction(), progress: { done: "1" } }] }),
      /progress\.done is not a finite number/,
    ],
    ["a prototype of its own", created(JSON.parse('{"__proto__":{"held":1}}')), /has a property __proto__/],
  ] as const) {
    it(`shows a task with ${what} as damaged, and the others`, async () => {
      const { tasks, damaged } = await read({ "tasks.jsonl": journal(created({ id: "good" }), change) });
      assert.deepEqual(
        tasks.map(({ id }) => id),
        ["good"],
      );
      assert.deepEqual(
        damaged.map(({ id }) => id),
        ["odd"],
      );
      assert.match(damaged[0]?.problem ?? "", problem);
    });
  }

  for (const [what, change, problem] of [
    ["sets its id", { set: { id: "other" } }, /its id cannot be changed/],
    ["sets its list of actions", { set: { actions: [] } }, /its actions cannot be changed/],
    ["removes its name", { unset: ["name"] }, /unset\[0\] "name" cannot be removed/],
    ["gives a copy another prototype", { set: JSON.parse('{"__proto__":{"held":1}}') }, /__proto__/],
  ] as const) {
    it(`shows a task as damaged after a change that ${what}`, async () => {
      const { tasks, damaged } = await read({ "tasks.jsonl": journal(created({}), { kind: "change", id: "odd", ...change }) });
      assert.deepEqual(tasks, []);
      assert.match(damaged[0]?.problem ?? "", problem);
    });
  }

  it("keeps what only a newer version knows", async () => {
    const { tasks } = await read({ "tasks.jsonl": journal(created({ colour: "red", actions: [{ ...sampleAction(), weight: 5 }] })) });
    assert.equal((tasks[0] as TaskRecord & { colour?: string }).colour, "red");
    assert.equal((tasks[0]?.actions[0] as { weight?: number } | undefined)?.weight, 5);
  });

  it("lists entries of the history that cannot be used beside the others", async () => {
    const lines = [entry, { ...entry, id: "odd", name: "Odd", endedAt: 7 }, { ...entry, id: "none", actions: null }];
    const { entries, damagedEntries } = await read({
      "history.jsonl": lines.map((line, index) => encodeChecked({ seq: index + 1, ...line })).join(""),
    });
    assert.deepEqual(
      entries.map(({ id }) => id),
      ["ended"],
    );
    assert.deepEqual(
      damagedEntries.map(({ id, name }) => [id, name]),
      [
        ["none", "Maintenance ended"],
        ["odd", "Odd"],
      ],
    );
    assert.match(damagedEntries[1]?.problem ?? "", /its endedAt is not a valid time/);
    assert.match(damagedEntries[1]?.raw ?? "", /"endedAt":7/);
  });

  it("loses a line that is nested too deep, and nothing else", async () => {
    const files = { "tasks.jsonl": journal(created({ id: "good" })) + deepLine(2, 100_000) };
    const { tasks, damaged } = await read(files);
    assert.deepEqual([tasks.map(({ id }) => id), damaged], [["good"], []]);
  });

  it("can always be read, by readers and by a holder of the mutex, who leaves it readable", async () => {
    await assertProperty(
      fc.asyncProperty(hostileStore, async (files) => {
        await rm(directory(), { recursive: true });
        const before = await read(files);
        await rm(join(directory(), "tick.lock"), { recursive: true, force: true });
        const store = await JsonTaskStore.open(directory(), { durability: "process" });
        const writer = await store.acquire();
        assert.ok(writer);
        await writer.takeRequests();
        writer.append({ changes: [{ kind: "create", task: sampleTask({ id: "own" }) }] });
        await writer.release();
        await store.close();
        const after = await read({});
        assert.deepEqual(after.tasks.map(({ id }) => id).sort(), [...before.tasks.map(({ id }) => id), "own"].sort());
        assert.deepEqual(after.damaged.map(({ id }) => id).sort(), before.damaged.map(({ id }) => id).sort());
      }),
      150,
    );
  });
});

/** `JSON.stringify` cannot write it. */
function deepLine(seq: number, levels: number): string {
  const rest = `"seq":${seq},"changes":[${"[".repeat(levels)}${"]".repeat(levels)}]}`;
  return `{"crc":"${crc32(rest).toString(16).padStart(8, "0")}",${rest}\n`;
}

function chain(levels: number): unknown {
  let cause: object = { name: "Error", message: "m", stack: "" };
  for (let level = 0; level < levels; level++) cause = { name: "Error", message: "m", stack: "", cause };
  return cause;
}
