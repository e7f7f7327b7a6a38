import { execFile } from "node:child_process";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import ts from "typescript";
import { type CancellationToken, CancellationTokenSource, type CodeLens } from "vscode-languageserver-protocol/node";
import { DiskSources, SourceModel } from "../../../server/language/index.ts";
import { WorkspaceFolder } from "../../editor/support/workspace-folder.ts";
import type { OpenedFile } from "../../runner/support/opened-file.ts";
import { RunnerClient, runnerPath } from "../../runner/support/runner-client.ts";
import type { Result } from "../result.ts";
import { inTurns, median, quantile, ratio } from "../rounds.ts";
import { inMilliseconds, megabytes, milliseconds } from "./in-result.ts";
import { largeWorkspace, WRITTEN_FILE, WRITTEN_PLACE } from "./large-workspace.ts";
import { processTime } from "./process-time.ts";
import { residentBytes } from "./resident-bytes.ts";

/** Milliseconds between two keystrokes of somebody who types fast. */
const KEYSTROKE_INTERVAL = 80;
const BURST = 20;
/** Milliseconds. */
const PROBE_INTERVAL = 5;
const REST = 3_000;

/** The runner as a language server in a workspace of 2,000 files, 200 of them task files, beside one in an empty folder. */
export async function reading(quick: boolean): Promise<Result[]> {
  const folder = await WorkspaceFolder.of(largeWorkspace());
  const empty = await WorkspaceFolder.empty();
  try {
    return [
      ...(await firstLenses(folder, empty, quick ? 2 : 8)),
      ...(await keystrokes(folder, quick ? 20 : 200)),
      ...(await atRest(folder, empty, quick ? 3 : 10)),
    ];
  } finally {
    await Promise.all([folder.remove(), empty.remove()]);
  }
}

/** From a runner that has read nothing; and how long it lets others wait meanwhile. */
async function firstLenses(folder: WorkspaceFolder, empty: WorkspaceFolder, rounds: number): Promise<Result[]> {
  const files = filesToBeRead(folder);
  const waits = { busy: [] as number[], idle: [] as number[] };
  const memory = { before: [] as number[], after: [] as number[] };
  const times = await inTurns(rounds, {
    lenses: async () => {
      const [busy, idle] = [await startedIn(folder), await start(empty)];
      memory.before.push(residentBytes(busy.child.pid ?? 0));
      const probes = [probe(busy), probe(idle)];
      const before = performance.now();
      await lensesOf(await busy.open(folder.path(WRITTEN_FILE)));
      const duration = performance.now() - before;
      const [busyWait = 0, idleWait = 0] = await Promise.all(probes.map((end) => end()));
      waits.busy.push(busyWait);
      waits.idle.push(idleWait);
      memory.after.push(residentBytes(busy.child.pid ?? 0));
      await Promise.all([busy.stop(), idle.stop()]);
      return duration;
    },
    parsing: () => parseAll(files),
  });
  return [
    {
      what: `first lenses, 200 task files and what they import, ${files.length} files`,
      comparedTo: "ts.createSourceFile of these files",
      measured: ratio(times.lenses, times.parsing),
      note: milliseconds(times.lenses, times.parsing),
    },
    {
      what: "longest wait of another request meanwhile",
      comparedTo: "of a runner in an empty folder at the same time",
      measured: ratio(waits.busy, waits.idle),
      note: milliseconds(waits.busy, waits.idle),
    },
    {
      what: "memory of the runner once all is read",
      comparedTo: "before",
      ...megabytes(median(memory.after), median(memory.before)),
    },
  ];
}

/** The task files, and those that they import. */
function filesToBeRead(folder: WorkspaceFolder): readonly string[] {
  const model = new SourceModel(new DiskSources());
  const names = Object.keys(largeWorkspace()).filter((name) => name.endsWith(".task.ts"));
  model.taskFiles = names.map((name) => folder.path(name));
  return model.files();
}

async function keystrokes(folder: WorkspaceFolder, count: number): Promise<Result[]> {
  const client = await startedIn(folder);
  const file = await client.open(folder.path(WRITTEN_FILE));
  await lensesOf(file);
  const times = await inTurns(count, {
    keystroke: async () => {
      await delay(KEYSTROKE_INTERVAL);
      const before = performance.now();
      await type(file);
      await lensesOf(file);
      return performance.now() - before;
    },
    parsing: async () => {
      const before = performance.now();
      ts.createSourceFile(WRITTEN_FILE, file.text, ts.ScriptTarget.Latest, true);
      return performance.now() - before;
    },
  });
  const bursts = await inTurns(Math.ceil(count / 10), {
    burst: () => burst(file),
    keystroke: async () => {
      await delay(KEYSTROKE_INTERVAL);
      const before = performance.now();
      await type(file);
      await lensesOf(file);
      return performance.now() - before;
    },
  });
  await client.stop();
  return [
    {
      what: "keystroke to fresh lenses, over the wire",
      comparedTo: "ts.createSourceFile of the same text",
      measured: ratio(times.keystroke, times.parsing),
      note: `${milliseconds(times.keystroke, times.parsing)}, p95 ${inMilliseconds(quantile(times.keystroke, 0.95))}`,
    },
    {
      what: `the last of ${BURST} keystrokes at once to fresh lenses`,
      comparedTo: "one keystroke",
      measured: ratio(bursts.burst, bursts.keystroke),
      note: milliseconds(bursts.burst, bursts.keystroke),
    },
  ];
}

/** Each keystroke asks for lenses, and cancels what the one before has asked for, as editors do. */
async function burst(file: OpenedFile): Promise<number> {
  await delay(KEYSTROKE_INTERVAL);
  for (let keystroke = 1; keystroke < BURST; keystroke++) {
    const asking = new CancellationTokenSource();
    await type(file);
    lensesOf(file, asking.token).catch(() => {});
    asking.cancel();
  }
  const before = performance.now();
  await type(file);
  await lensesOf(file);
  return performance.now() - before;
}

async function atRest(folder: WorkspaceFolder, empty: WorkspaceFolder, rounds: number): Promise<Result[]> {
  // As it is where tasks are used: there is a store to be followed.
  await folder.create("RecountOrders7", { directory: "nowhere", lastName: "", batchSize: 1, total: 0 });
  const [large, small] = [await startedIn(folder), await start(empty)];
  await lensesOf(await large.open(folder.path(WRITTEN_FILE)));
  // What follows a start and a first reading is over by then.
  await delay(2 * REST);
  const times = { large: [] as number[], small: [] as number[] };
  const spent = () => ({ large: processTime(large.child.pid ?? 0), small: processTime(small.child.pid ?? 0) });
  for (let round = 0; round < rounds; round++) {
    const before = spent();
    await delay(REST);
    const after = spent();
    times.large.push(after.large - before.large);
    times.small.push(after.small - before.small);
  }
  await Promise.all([large.stop(), small.stop()]);
  return [
    {
      what: `processor time of the runner at rest in ${REST / 1_000} s`,
      comparedTo: "of one in an empty folder",
      measured: ratio(times.large, times.small),
      note: milliseconds(times.large, times.small),
    },
  ];
}

/** As the client in VS Code starts it. */
function start({ directory }: WorkspaceFolder): Promise<RunnerClient> {
  return RunnerClient.start([directory], { command: [process.execPath, "--max-semi-space-size=4", runnerPath, "--stdio"] });
}

/** A runner that knows the folder's classes, and has read no file. */
async function startedIn(folder: WorkspaceFolder): Promise<RunnerClient> {
  const { directory } = folder;
  const client = await start(folder);
  await client.until("the classes", () => client.folder(directory).areClassesKnown, 120_000);
  return client;
}

async function type(file: OpenedFile): Promise<void> {
  await file.replace(WRITTEN_PLACE, file.text.includes(`0 + ${WRITTEN_PLACE}`) ? WRITTEN_PLACE : `0 + ${WRITTEN_PLACE}`);
}

async function lensesOf(file: OpenedFile, token?: CancellationToken): Promise<void> {
  const lenses = await file.request<CodeLens[]>("textDocument/codeLens", {}, token);
  if (lenses.length === 0) throw new Error("There are no lenses.");
}

/** Asks for nothing, again and again, until it is ended; tells how many milliseconds the slowest answer took. */
function probe(client: RunnerClient): () => Promise<number> {
  let isEnded = false;
  let longest = 0;
  const asking = (async () => {
    while (!isEnded) {
      const before = performance.now();
      await client.command("there is no such command");
      longest = Math.max(longest, performance.now() - before);
      await delay(PROBE_INTERVAL);
    }
  })();
  return async () => {
    isEnded = true;
    await asking;
    return longest;
  };
}

/** In a new process, as the runner is one: nothing is warm there. */
async function parseAll(files: readonly string[]): Promise<number> {
  const parsing = promisify(execFile)(process.execPath, [join(process.env.BENCH_PROGRAMS ?? "", "parse-files.program.js")]);
  parsing.child.stdin?.end(JSON.stringify(files));
  return Number((await parsing).stdout);
}
