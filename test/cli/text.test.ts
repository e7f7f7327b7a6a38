import assert from "node:assert/strict";
import picocolors from "picocolors";
import stringWidth from "string-width";
import { formatBar } from "../../server/cli/text/bar-text.ts";
import { formatNotice } from "../../server/cli/text/event-text.ts";
import { formatHistory } from "../../server/cli/text/history-text.ts";
import { listLines } from "../../server/cli/text/list-text.ts";
import { formatProgress } from "../../server/cli/text/progress-text.ts";
import type { Style } from "../../server/cli/text/style.ts";
import type { DamagedTask, HistoryEntry, TaskRecord } from "../../server/store/index.ts";
import { inEnglish } from "../../server/words/wording.ts";
import { sampleAction, sampleTask } from "../store/sample-records.ts";

const PIPE: Style = {
  colors: picocolors.createColors(false),
  columns: Number.POSITIVE_INFINITY,
  directory: "/work",
  wording: { t: inEnglish, locale: "en-GB", now: Date.parse("2026-11-24T03:30:00.000Z"), timeZone: "UTC" },
};
const NARROW: Style = { ...PIPE, columns: 80 };
const ESCAPE = "\u001b";

const task = { id: "t1", name: "Logs", class: "CompressLogs", type: "cron" } as const;
const action = { id: "a1", name: "Compress", class: "Compress", rank: 1, attempt: 1 };

describe("progress in words", () => {
  it("is a percentage where the total is known", () =>
    assert.equal(formatProgress({ done: 5, total: 11, message: "a.log" }, PIPE), "45% (5 of 11) a.log"));
  it("is 100% only when all is done", () => assert.equal(formatProgress({ done: 999, total: 1000 }, PIPE), "99% (999 of 1,000)"));
  it("is a count where the total is not known, or zero", () => {
    assert.equal(formatProgress({ done: 5 }, PIPE), "5");
    assert.equal(formatProgress({ done: 0, total: 0 }, PIPE), "0");
  });
  it("is the message alone where nothing is counted", () =>
    assert.equal(formatProgress({ message: "scanning\n\tfiles" }, PIPE), "scanning files"));
});

describe("the progress bar", () => {
  it("grows with the work done, and never beyond its end", () => {
    const filled = (done: number) =>
      formatBar({ task, action, progress: { done, total: 10 }, elapsedMs: 0 }, NARROW).match(/█/g)?.length ?? 0;
    assert.deepEqual([0, 5, 10, 15].map(filled), [0, 10, 20, 20]);
  });

  it("fits into the terminal, whatever it has to show", () => {
    const long = { ...task, name: "統計".repeat(60) };
    for (const columns of [40, 80, 200]) {
      const bar = formatBar(
        { task: long, action, progress: { done: 1, total: 3, message: "x".repeat(300) }, elapsedMs: 61_000 },
        { ...PIPE, columns },
      );
      assert.ok(stringWidth(bar) < columns, `${stringWidth(bar)} of ${columns}`);
    }
  });

  it("is left out where the total is not known", () => {
    assert.equal(
      formatBar({ task, action, progress: { message: "scanning" }, elapsedMs: 1_500 }, NARROW),
      "Logs/Compress  1.5 s  scanning",
    );
  });
});

describe("what user code prints", () => {
  const printed = (text: string) => formatNotice({ kind: "output", task, action, stream: "stdout", text }, PIPE);

  it("has its task and action before each line", () =>
    assert.deepEqual(printed("one\r\ntwo\n"), ["[Logs/Compress] one", "[Logs/Compress] two"]));
  it("keeps its colours, and cannot move the cursor", () => {
    assert.deepEqual(printed(`${ESCAPE}[31mred${ESCAPE}[39m${ESCAPE}[2A${ESCAPE}[?25l${ESCAPE}]0;title\u0007\rover`), [
      `[Logs/Compress] ${ESCAPE}[31mred${ESCAPE}[39mover`,
    ]);
  });
  it("is told apart while task files are loaded", () => {
    assert.deepEqual(formatNotice({ kind: "output", stream: "stderr", text: "hello\n" }, PIPE), ["[loading] hello"]);
  });
});

describe("the list", () => {
  const damaged: DamagedTask = {
    id: "d1",
    name: "Old",
    class: "Old",
    problem: "Its status is unknown: sleeping.",
    raw: '{"status":"sleeping"}',
  };
  const waiting: TaskRecord = sampleTask({
    id: "w1",
    name: "Waiting",
    status: "running",
    currentAction: "second",
    nextAttemptAt: "2026-11-24T04:00:00.000Z",
    actions: [
      sampleAction({ outcome: "finished" }),
      sampleAction({
        id: "second",
        name: "Upload",
        rank: 2,
        attempt: 2,
        progress: { done: 1, total: 4, message: "part 1" },
        error: {
          name: "Error",
          message: "no network\nsecond line",
          stack: "",
          file: "/work/tasks/upload.task.ts",
          line: 3,
          column: 9,
          kind: "thrown",
          attempt: 2,
          during: "executeAction",
          at: "2026-11-24T03:00:00.000Z",
        },
      }),
    ],
  });

  it("says where each task stands and what stands in its way", () => {
    const lines = [...listLines({ tasks: [waiting], damaged: [damaged], left: 0 }, null, PIPE)];
    assert.equal(lines[0], "ID  NAME     STATUS                      ACTION                 PROGRESS");
    assert.equal(lines[1], "w1  Waiting  failed, next attempt 04:00  2/2 Upload, attempt 2  25% (1 of 4)");
    assert.equal(lines[2], "  part 1");
    assert.equal(
      lines[3],
      "  Upload failed: Error: no network  tasks/upload.task.ts:3:9".replaceAll("/", process.platform === "win32" ? "\\" : "/"),
    );
    assert.equal(lines[4], "d1  Old      damaged");
    assert.equal(lines[5], "  Its status is unknown: sleeping.");
  });

  it("shows any number of tasks, and says how many there are", () => {
    const tasks = Array.from({ length: 200_000 }, (_, index) => sampleTask({ id: `t${index}`, message: "" }));
    let count = 0;
    let last = "";
    for (const line of listLines({ tasks, damaged: [], left: 800_000 }, null, PIPE)) {
      count++;
      last = line;
    }
    assert.equal(count, 200_002);
    assert.equal(last, "200,000 of 1,000,000 tasks are shown. Show all of them with --all, or more with --limit.");
  });

  it("makes visible what could spoil the terminal in a name", () => {
    const [, line] = listLines({ tasks: [sampleTask({ id: "x", name: `a\n${ESCAPE}[2Jb\b` })], damaged: [], left: 0 }, null, PIPE);
    assert.match(line ?? "", /^x {3}a \\x1b\[2Jb\\x08 /);
  });

  it("fits into 80 columns, and keeps ids whole", () => {
    const long = sampleTask({
      id: "1m85v9zz4-ndzrdj",
      name: "n".repeat(100),
      problem: "p".repeat(200),
      actions: [sampleAction({ name: "a".repeat(100) })],
    });
    const lines = [...listLines({ tasks: [long, waiting], damaged: [damaged], left: 0 }, null, NARROW)];
    for (const line of lines) assert.ok(stringWidth(line) <= 80, line);
    assert.ok(lines[1]?.startsWith("1m85v9zz4-ndzrdj  nnnn"));
  });
});

describe("the history", () => {
  it("fits into 80 columns", () => {
    const entry: HistoryEntry = {
      id: "h1",
      name: "a task with quite a long name for a table",
      class: "Maintenance",
      type: "cron",
      outcome: "finished-with-failures",
      message: "",
      params: {},
      createdAt: "2026-11-24T03:00:00.000Z",
      endedAt: "2026-11-24T04:00:00.000Z",
      ticks: 12,
      actions: (["finished", "failed", "dropped", "not-started"] as const).map((outcome, rank) => ({
        id: String(rank),
        name: "Action",
        class: "Action",
        rank,
        outcome,
        attempts: [],
        durationMs: 61_000,
      })),
    };
    for (const line of formatHistory([entry], [], NARROW)) assert.ok(stringWidth(line) <= 80, line);
    assert.match(
      formatHistory([entry], [], PIPE)[1] ?? "",
      /finished with failures {2}1 finished, 1 failed, 1 dropped, 1 not started {2}4 min 4 s in 12 ticks$/,
    );
  });
});
