import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import fc from "fast-check";
import type { FailureRecord, HistoryEntry, TaskRecord } from "../../server/store/index.ts";
import { encodeChecked, encodeHeader, encodeLine } from "../../server/store/journal/journal-codec.ts";
import { sampleAction, sampleTask } from "./sample-records.ts";

/** Files of a store by their path in it, with right checksums: somebody has written them on purpose. */
export type StoreFiles = Readonly<Record<string, string>>;

export async function writeStore(directory: string, files: StoreFiles): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), text);
  }
}

/** Every kind of character that a terminal or an editor obeys instead of showing it. */
export const SPOILERS = [
  "\u001b[2J",
  "\u001b]0;title\u0007",
  "\u009b31m",
  "\u0000",
  "\u0008",
  "\r",
  "\n",
  "\u007f",
  "\u0085",
  "\u202e",
  "\u2066",
  "\u200f",
  "\u061c",
  "\u200b",
  "\u2028",
  "\u2029",
  "\ufeff",
  "\u00ad",
  "\u{e0041}",
  "\ud800",
  "\udc00",
];

export const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...SPOILERS), fc.constantFrom("a", " ", "統", "💥", "`", "](command:x)", "<b>", "%s", "{0}")), {
    maxLength: 6,
  })
  .map((parts) => parts.join(""));

const junk: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 2 ** 53, -(2 ** 60), 1e300, "", [], {}, [[]], { toString: 1 }, { length: 5 }),
  fc.constantFrom<unknown>("2026-11-24T03:00:00.000Z", "9999-12-31T23:59:59.999Z", "-271821-04-20T00:00:00.000Z", "Mar 1 2026 (\u001b[2J)"),
  fc.constantFrom<unknown>(
    JSON.parse('{"__proto__":{"held":7,"actions":3,"message":null}}'),
    "x".repeat(5_000),
    nestedList(500),
    nestedList(1_200),
  ),
  fc.jsonValue(),
);

function nestedList(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = [value];
  return value;
}

/** One to some changes of a value somewhere in it: a part replaced by junk, removed, or, most often, a text by another. */
function spoiled<Value>(sound: fc.Arbitrary<Value>, most = 3): fc.Arbitrary<unknown> {
  const change = fc.record({
    where: fc.nat(),
    how: fc.oneof(
      { weight: 3, arbitrary: fc.constant("text" as const) },
      fc.constantFrom("junk" as const, "remove" as const, "repeat" as const),
    ),
    junk,
    text: hostileText,
  });
  return fc.tuple(sound, fc.array(change, { maxLength: most })).map(([value, changes]) => {
    const copy: unknown = structuredClone(value);
    for (const { where, how, ...by } of changes) {
      const places = placesIn(copy).filter(({ holder, key }) => how !== "text" || typeof holder[key] === "string");
      const place = places[where % Math.max(1, places.length)];
      if (!place) continue;
      if (how === "remove") delete place.holder[place.key];
      else if (how === "repeat" && Array.isArray(place.holder)) place.holder.push(structuredClone(place.holder[Number(place.key)]));
      else place.holder[place.key] = how === "text" ? by.text : structuredClone(by.junk);
    }
    return copy;
  });
}

interface Place {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

function placesIn(value: unknown, levels = 12): Place[] {
  if (typeof value !== "object" || value === null || levels === 0) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(value).flatMap((key) => [{ holder, key }, ...placesIn(holder[key], levels - 1)]);
}

/** Where actions of these stores have failed, unless `hostileStoreOf` is told another file. */
const FAILED_AT = "/work/a.task.ts";

const FAILURE: FailureRecord = {
  name: "TypeError",
  message: "first line\nsecond line",
  stack: "TypeError: first line\n    at run (/work/a.task.ts:3:5)",
  file: FAILED_AT,
  line: 3,
  column: 5,
  frames: [{ function: "run", file: FAILED_AT, line: 3, column: 5 }],
  cause: { name: "Error", message: "cause", stack: "" },
  kind: "thrown",
  attempt: 1,
  during: "executeAction",
  at: "2026-11-24T03:00:01.000Z",
};
const ATTEMPT = { startedAt: "2026-11-24T03:00:00.000Z", durationMs: 12, params: { a: 1 }, savedParams: { a: 2 }, error: FAILURE };
const EDIT = { at: "2026-11-24T03:00:02.000Z", before: { a: 1 }, after: { a: [2, "x"] } };

function fullTask(id: string, fields: Partial<TaskRecord>): TaskRecord {
  return sampleTask({
    id,
    message: "half way",
    currentAction: "second",
    ticks: 2,
    fence: 3,
    nextAttemptAt: "2026-11-24T03:10:00.000Z",
    problem: "No class.",
    error: FAILURE,
    actions: [
      sampleAction({ id: "first", outcome: "finished", attempt: 1, attempts: [ATTEMPT] }),
      sampleAction({
        id: "second",
        rank: 2,
        attempt: 2,
        attempts: [ATTEMPT, { ...ATTEMPT, durationMs: 13 }],
        edits: [EDIT],
        progress: { done: 3, total: 10, message: "three" },
        error: FAILURE,
      }),
    ],
    ...fields,
  });
}

function entry(id: string): HistoryEntry {
  const action = { id: "first", name: "Compress", class: "Compress", rank: 1, outcome: "failed" as const, durationMs: 25 };
  return {
    id,
    name: `Ended ${id}`,
    class: "Maintenance",
    type: "cron",
    outcome: "finished-with-failures",
    message: "done",
    params: { directory: "logs" },
    createdAt: "2026-11-24T02:00:00.000Z",
    endedAt: "2026-11-24T02:10:00.000Z",
    ticks: 2,
    actions: [{ ...action, attempts: [ATTEMPT], edits: [EDIT] }],
  };
}

const status = fc.constantFrom("created", "starting", "running", "recovering", "paused", "failed");
const taskFields = fc.record({ status, type: fc.constantFrom("cron", "interactive") }) as fc.Arbitrary<Partial<TaskRecord>>;
const storedTask = (id: string) => spoiled(taskFields.map((fields) => fullTask(id, fields)));

const changeOf = (id: string) =>
  spoiled(
    fc.constantFrom<object>(
      { kind: "change", id, set: { status: "running", message: "on" }, unset: ["held", "error"] },
      { kind: "change", id, actions: [{ id: "second", set: { progress: { done: 4 } }, unset: ["error"], attemptDurationMs: 5 }] },
      { kind: "change", id, actions: [{ id: "second", beginAttempt: "2026-11-24T03:00:00.000Z", failure: FAILURE }] },
      { kind: "change", id, addActions: [sampleAction({ id: "third" })] },
      { kind: "end", id, outcome: "finished", endedAt: "2026-11-24T04:00:00.000Z" },
      { kind: "schedule", schedule: { name: "Maintenance", nextOccurrence: "2026-11-25T03:00:00.000Z", definition: "x", lastResult: "y" } },
    ),
  );

const requestOf = (task: string) =>
  spoiled(
    fc.constantFrom<object>(
      { kind: "create", tasks: [fullTask("new", {})] },
      { kind: "cancel", task },
      { kind: "pause", task },
      { kind: "retry", task },
      { kind: "resume", task },
      { kind: "params", task, action: "second", params: { a: 3 }, before: { a: 1 } },
      { kind: "class", of: "task", from: "Maintenance", to: "Renamed" },
      { kind: "interrupted", fence: 3 },
    ),
    1,
  );

const IDS = ["one", "two", "three"];
const claim = spoiled(
  fc.constant({
    pid: 2 ** 22 + 1,
    startTime: 1,
    platform: process.platform,
    host: "elsewhere",
    bootId: "b",
    since: "2026-11-24T03:00:00.000Z",
  }),
);

/** Stores of another's making: nearly sound, with every part possibly of another type, and texts of any content. The last task is sound, and its id is that of the journal. */
export const hostileStore = hostileStoreOf(FAILED_AT);

export function hostileStoreOf(file: string): fc.Arbitrary<StoreFiles> {
  return fc
    .record({
      id: fc.uuid(),
      tasks: fc.tuple(...IDS.map(storedTask)),
      changes: fc.array(fc.constantFrom(...IDS).chain(changeOf), { maxLength: 4 }),
      entries: fc.tuple(...IDS.map((id) => spoiled(fc.constant(entry(`ended-${id}`))))),
      requests: fc.array(fc.constantFrom(...IDS).chain(requestOf), { maxLength: 2 }),
      claim: fc.option(claim),
      dismissals: fc.option(spoiled(fc.constant({ "one/second": FAILURE.at }))),
    })
    .map(({ id, tasks, changes, entries, requests, claim: owner, dismissals }) => {
      const lines = placed(
        [...tasks.map((task) => ({ kind: "create", task })), ...changes, { kind: "create", task: sampleTask({ id }) }],
        file,
      );
      return {
        "tasks.jsonl":
          encodeHeader({ id, seq: 0 }) + lines.map((change, index) => encodeLine(index + 1, { changes: [change as never] })).join(""),
        "history.jsonl": placed(entries, file)
          .map((ended, index) => encodeChecked({ seq: index + 1, ...(ended as object) }))
          .join(""),
        ...Object.fromEntries(
          requests.map((body, index) => [
            `inbox/00000170000000${index}-00000001-x.json`,
            JSON.stringify({ version: 1, requests: [{ id: `r${index}`, at: "2026-11-24T03:00:00.000Z", body }] }),
          ]),
        ),
        ...(owner !== null && { "tick.lock/0000000003": JSON.stringify(owner) }),
        ...(dismissals !== null && { "dismissed-failures.json": JSON.stringify(dismissals) }),
      };
    });
}

function placed<Value>(value: Value, file: string): Value {
  return JSON.parse(JSON.stringify(value).replaceAll(JSON.stringify(FAILED_AT), JSON.stringify(file)));
}
