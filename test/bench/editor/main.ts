import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { WorkspaceFolder } from "../../editor/support/workspace-folder.ts";
import { print, type Result } from "../result.ts";
import { median, quantile, ratio } from "../rounds.ts";
import { BENCH_FILE, BENCH_TASKS } from "./bench-tasks.ts";
import { freshness } from "./freshness.ts";
import { inHost } from "./in-host-session.ts";
import type { MeasuredInHost } from "./measured.ts";

/** Milliseconds within which people feel that something follows by itself. */
const FRESH = 300;

const { values } = parseArgs({ options: { quick: { type: "boolean", default: false } } });
const results: Result[] = [];
for (const [name, part] of Object.entries({ activation, work, shown, size })) {
  console.error(`Measuring ${name} …`);
  results.push(...(await part(values.quick)));
}
print(results);

async function activation(quick: boolean): Promise<Result[]> {
  const times: NonNullable<MeasuredInHost["activation"]>[] = [];
  // The first warms the disk up.
  for (let round = 0; round <= (quick ? 1 : 6); round++) {
    const folder = await WorkspaceFolder.of({ "nothing.txt": "" });
    const { activation: measured } = await inHost("activation-in-host", folder, { BENCH_ROUND: round % 2 === 0 ? "even" : "odd" });
    if (round > 0 && measured) times.push(measured);
    await folder.remove();
  }
  const [ours, css] = [times.map((time) => time.ours.milliseconds), times.map((time) => time.css.milliseconds)];
  const [ourBytes, cssBytes] = [times.map((time) => time.ours.bytes), times.map((time) => time.css.bytes)];
  return [
    {
      what: "activation of the extension",
      comparedTo: "of the editor's own CSS extension",
      measured: ratio(ours, css),
      note: note(ours, css, "ms"),
    },
    {
      what: "memory that activation takes in the extension host",
      comparedTo: "the same",
      ...megabytes(median(ourBytes), median(cssBytes)),
    },
  ];
}

async function work(quick: boolean): Promise<Result[]> {
  const folder = await WorkspaceFolder.of({ [BENCH_FILE]: BENCH_TASKS });
  const measured = await inHost("work-in-host", folder, { BENCH_ROUNDS: quick ? "3" : "20" });
  await folder.remove();
  const { tickToAction = [], throwToDiagnostic = [], memory } = measured;
  const [ticks, nodes] = [tickToAction.map(({ tick }) => tick), tickToAction.map(({ node }) => node)];
  const [diagnostics, watchers] = [throwToDiagnostic.map(({ diagnostic }) => diagnostic), throwToDiagnostic.map(({ watcher }) => watcher)];
  return [
    { what: "warm Run Tick to first action", comparedTo: "node -e 0", measured: ratio(ticks, nodes), note: note(ticks, nodes, "ms") },
    {
      what: "error thrown to diagnostic shown",
      comparedTo: "file written to event of a watcher",
      measured: ratio(diagnostics, watchers),
      note: note(diagnostics, watchers, "ms"),
    },
    ...(memory ? [{ what: "memory of the runner", comparedTo: "a Node that does nothing", ...megabytes(memory.runner, memory.node) }] : []),
  ];
}

async function shown(quick: boolean): Promise<Result[]> {
  const ticks = quick ? 5 : 40;
  const few = await freshness(ticks, 10);
  const many = await freshness(ticks, 10_000);
  const p95 = (delays: readonly number[]) => quantile(delays, 0.95);
  return [
    {
      what: "tick elsewhere to tree, p95",
      comparedTo: `${FRESH} ms`,
      measured: exactly(p95(few) / FRESH),
      target: { atMost: 1 },
      note: `${p95(few).toFixed(0)} ms, median ${median(few).toFixed(0)} ms`,
    },
    {
      what: "the same with 10,000 tasks, p95",
      comparedTo: "with 10 tasks",
      measured: exactly(p95(many) / p95(few)),
      note: `${p95(many).toFixed(0)} ms, median ${median(many).toFixed(0)} ms`,
    },
  ];
}

async function size(): Promise<Result[]> {
  const vsix = statSync(process.env.BENCH_VSIX ?? "").size;
  const name = `@esbuild/${process.platform}-${process.arch}`;
  const binary = gzipSync(readFileSync(resolve("node_modules", name, process.platform === "win32" ? "esbuild.exe" : "bin/esbuild"))).length;
  return [{ what: "packed extension", comparedTo: "esbuild's binary in it, compressed", ...megabytes(vsix, binary) }];
}

function megabytes(ours: number, theirs: number): Pick<Result, "measured" | "note"> {
  return { measured: exactly(ours / theirs), note: `${(ours / 1e6).toFixed(1)} MB : ${(theirs / 1e6).toFixed(1)} MB` };
}

function exactly(value: number): Result["measured"] {
  return { median: value, low: value, high: value };
}

function note(ours: readonly number[], theirs: readonly number[], unit: string): string {
  return `${median(ours).toFixed(0)} ${unit} : ${median(theirs).toFixed(0)} ${unit}`;
}
