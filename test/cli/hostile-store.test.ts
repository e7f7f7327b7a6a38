import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import fc from "fast-check";
import picocolors from "picocolors";
import { BackgroundTaskEx, BackgroundTaskExAction } from "../../server/authoring/index.ts";
import { Output } from "../../server/cli/output.ts";
import { formatEndedTask } from "../../server/cli/text/ended-task-text.ts";
import { formatHistory } from "../../server/cli/text/history-text.ts";
import { listLines } from "../../server/cli/text/list-text.ts";
import { formatDamagedTask, formatTask } from "../../server/cli/text/show-text.ts";
import type { Style } from "../../server/cli/text/style.ts";
import { formatTick } from "../../server/cli/text/tick-text.ts";
import { toHistoryJson } from "../../server/json/history-json.ts";
import { toListJson } from "../../server/json/list-json.ts";
import { BackgroundTaskExService, currentHistory, currentTasks } from "../../server/service/index.ts";
import { type DamagedEntry, JsonTaskStore } from "../../server/store/index.ts";
import { inEnglish } from "../../server/words/wording.ts";
import { hostileStore, hostileText, SPOILERS, writeStore } from "../store/hostile-store.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { assertProperty, isThorough } from "../support/thoroughness.ts";
import { Workspace } from "./support/workspace.ts";

const PIPE: Style = {
  colors: picocolors.createColors(false),
  columns: Number.POSITIVE_INFINITY,
  directory: "/work",
  wording: { t: inEnglish, locale: "en-GB", now: Date.parse("2026-11-24T03:30:00.000Z"), timeZone: "UTC" },
};

/** Written out, so that what is tested and what tests it do not share a mistake. */
const OBEYED =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come through.
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]|\p{Cs}/u;

function assertHarmless(text: string): void {
  const found = OBEYED.exec(text);
  assert.ok(!found, `${JSON.stringify(found?.[0])} in ${JSON.stringify(text.slice(0, 500))}`);
}

describe("What the command line prints of a store that others have written", () => {
  const directory = temporaryDirectory();

  it("is text, whatever the store contains: list, show and history", async () => {
    await assertProperty(
      fc.asyncProperty(hostileStore, async (files) => {
        await rm(directory(), { recursive: true });
        await writeStore(directory(), files);
        const store = await JsonTaskStore.open(directory(), { durability: "process" });
        const damagedEntries: DamagedEntry[] = [];
        const { tasks, damaged } = currentTasks(await store.read());
        const entries = await currentHistory(store, { onDamaged: (entry) => damagedEntries.push(entry) });
        await store.close();
        const lines = [
          ...listLines({ tasks, damaged, left: 0 }, null, PIPE),
          ...formatHistory(entries, damagedEntries, PIPE),
          ...tasks.flatMap((task) => formatTask(task, null, PIPE)),
          ...damaged.flatMap((task) => formatDamagedTask(task, PIPE)),
          ...entries.flatMap((entry) => formatEndedTask(entry, PIPE)),
        ];
        for (const line of lines) {
          assertHarmless(line);
          assert.doesNotMatch(line, /[\n\t]/);
        }
        for (const document of [toListJson(tasks, damaged), toHistoryJson(entries, damagedEntries)]) {
          const text = await printed((output) => output.json(document));
          assertHarmless(text);
          assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(document)));
        }
      }),
      200,
    );
  });

  it("is text after a tick as well, which executes what is sound", async () => {
    class Compress extends BackgroundTaskExAction<{ chunkSize: number }> {
      executeAction() {
        return this.params.chunkSize !== 64;
      }
    }
    class Maintenance extends BackgroundTaskEx<{ directory: string }> {
      static override readonly actions = [Compress];
    }
    await assertProperty(
      fc.asyncProperty(hostileStore, async (files) => {
        await rm(directory(), { recursive: true });
        await writeStore(directory(), files);
        await rm(join(directory(), "tick.lock"), { recursive: true, force: true });
        const store = await JsonTaskStore.open(directory(), { durability: "process" });
        try {
          const service = new BackgroundTaskExService({ store, classes: [Maintenance, Compress] });
          for (let tick = 1; tick <= 2; tick++) {
            const report = await service.processTasks();
            assert.equal(report.outcome, "done");
            for (const line of formatTick(report, PIPE)) assertHarmless(line);
          }
          await store.history();
          assert.deepEqual((await store.read()).requests, []);
        } finally {
          await store.close();
        }
      }),
      200,
    );
  });

  it("is text even where a command forgets to make it so, apart from colours", async () => {
    await assertProperty(
      fc.asyncProperty(fc.array(hostileText, { minLength: 1 }), async (texts) => {
        const text = await printed((output) => output.lines(texts));
        // biome-ignore lint/suspicious/noControlCharactersInRegex: a colour begins with one.
        assertHarmless(text.replaceAll(/\u001b\[[\d;:]*m/g, ""));
        assert.equal(text.split("\n").length, texts.length + 1);
      }),
      300,
    );
  });

  it("shows controls as escapes, and leaves letters and emoji alone", async () => {
    const text = "a\u001b[2J \u009b31m \u202e \u2028 \ud800 \u{e0041} é 統計 👩\u200d🚀 ❤\ufe0f می\u200cخواهم";
    const shown = "a\\x1b[2J \\x9b31m \\u202e \\u2028 \\ud800 \\u{e0041} é 統計 👩\u200d🚀 ❤\ufe0f می\u200cخواهم";
    assert.equal(await printed((output) => output.line(text)), `${shown}\n`);
    assert.equal(await printed((output) => output.json(["\u009b \u202e 💥"])), '["\\u009b \\u202e 💥"]\n');
  });

  it("does not pad every row for one long name", () => {
    const rows = formatHistory(
      [],
      [
        { id: "", name: "n".repeat(5_000), problem: "p", raw: "r" },
        { id: "", name: "short", problem: "p", raw: "r" },
      ],
      PIPE,
    );
    for (const row of rows) assert.ok(row.length < 400, row);
  });
});

async function printed(print: (output: Output) => Promise<void>): Promise<string> {
  // Nothing reads while it is written.
  const stream = new PassThrough({ highWaterMark: 1 << 26 });
  await print(new Output(stream as unknown as NodeJS.WriteStream, { env: {}, directory: "/work", color: false }));
  return stream.read()?.toString() ?? "";
}

describe("The built command, with names that a terminal would obey", () => {
  const NAME = `n${SPOILERS.filter((character) => !/[\0\p{Cs}]/u.test(character)).join("")}m\u001b[31m`;
  let workspace: Workspace;
  before(async () => {
    workspace = await Workspace.create("counting");
  });
  after(() => workspace.remove());

  async function run(code: number, ...args: readonly string[]): Promise<string> {
    const result = await workspace.run(...args);
    assert.equal(result.code, code, result.stderr);
    assertHarmless(result.stdout + result.stderr);
    return result.stdout + result.stderr;
  }

  it("answers with text", async () => {
    assert.match(await run(0, "create", "Count", "--params", '{"to":2,"count":0}', "--name", NAME), /^Created task n\\x1b\[2J/);
    for (const request of ["pause", "resume"]) assert.match(await run(0, request, NAME), /^Task n\\x1b\[2J/);
    await run(2, "retry", NAME);
    await run(0, "list");
    await run(0, "show", NAME);
    await run(0, "drain");
    await run(0, "history", NAME);
  });

  it("names what it does not know as text", async () => {
    assert.match(await run(2, "create", `X${NAME}`), /class X?n?.*\\x1b\[2J/);
    assert.match(await run(2, "show", `X${NAME}`), /\\x1b\[2J/);
    assert.match(await run(2, `--${NAME}`), /\\x1b\[2J/);
    assert.match(await run(2, `tick${NAME}`), /\\x1b\[2J/);
  });

  it("refuses a name that is longer than any table", async () => {
    assert.match(
      await run(2, "create", "Count", "--params", '{"to":2,"count":0}', "--name", "n".repeat(5_000)),
      /at most 200 characters.*5000/,
    );
  });
});

describe("The built command in a folder whose store others have written", () => {
  let workspace: Workspace;
  before(async () => {
    workspace = await Workspace.create("counting");
  });
  after(() => workspace.remove());

  it("never ends with an internal error, and prints text", async () => {
    for (const files of fc.sample(hostileStore, isThorough ? 10 : 2)) {
      await rm(workspace.path(".background-tasks"), { recursive: true, force: true });
      await writeStore(workspace.path(".background-tasks"), files);
      const commands = [["list"], ["list", "--json"], ["show", "one"], ["history"], ["history", "--json"], ["tick"], ["history", "two"]];
      for (const command of commands) {
        const { code, stdout, stderr } = await workspace.run(...command);
        assert.ok(code !== null && code <= 4, `${command.join(" ")} ended with ${code}: ${stderr}; the store was ${JSON.stringify(files)}`);
        assertHarmless(stdout + stderr);
      }
    }
  });
});
