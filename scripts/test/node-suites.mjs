import { join } from "node:path";
import { bundle } from "../bundle.mjs";
import { mochaOptions } from "./mocha-options.mjs";
import { filesOf, suiteOf } from "./suites.mjs";
import { TestProcess } from "./test-process.mjs";

/** Test files, and the programs of their suites: what tests start as processes of their own. */
export function entryPointsFor(root, files) {
  return [...files, ...filesOf(root, [...new Set(files.map(suiteOf))], ".program.ts")];
}

/**
 * Builds test files and runs them with mocha in processes of their own.
 *
 * @param build the directory to build the tests in, used for nothing else; relative to the root.
 */
export async function runInNode(options) {
  const { root, build, lanes } = options;
  const files = [...lanes.sideBySide, ...lanes.alone].flatMap((group) => group.files);
  await bundle(root, join(root, build), entryPointsFor(root, files), { outbase: "." });
  const interrupted = new AbortController();
  // Output that is still held is shown then.
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => interrupted.abort());
  await runLanes({ ...options, signal: interrupted.signal });
}

/**
 * Runs test files that were built.
 *
 * @param lanes which files share a process, and which processes may run side by side (lanes.mjs).
 * @param jobs how many do at a time.
 * @param timeout milliseconds for one test.
 * @param signal ends the processes; what they have printed is shown then, too.
 * @param start a process, possibly one that is already running.
 */
export async function runLanes(run) {
  const { root, lanes, jobs, signal, start = (isShown) => new TestProcess(root, isShown) } = run;
  const waiting = [...lanes.sideBySide];
  const workers = Math.min(jobs, waiting.length);
  const work = async () => {
    for (let group = waiting.shift(); group && !signal.aborted; group = waiting.shift()) {
      await runGroup(run, group, start(workers === 1), workers === 1);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  for (const group of lanes.alone) if (!signal.aborted) await runGroup(run, group, start(true), true);
}

async function runGroup({ root, build, timeout, options, environment, counts, signal }, { name, files }, test, isShown) {
  const stop = () => test.stop();
  signal.addEventListener("abort", stop);
  const isFine = await test.run(
    files.map((file) => join(root, build, file.replace(/\.ts$/, ".js"))),
    { ...mochaOptions(timeout, options), reporter: environment.TEST_REPORTER, color: hasColor() },
    { ...environment, TEST_BUILD: build, TEST_COUNTS: counts.file(name) },
  );
  signal.removeEventListener("abort", stop);
  counts.include(name, isFine);
  if (!isShown) process.stdout.write(Buffer.concat([Buffer.from(`\n── ${name} ──\n`), test.output]));
}

function hasColor() {
  return process.stdout.isTTY === true && !process.env.NO_COLOR;
}
