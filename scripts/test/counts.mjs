import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/**
 * How many tests passed and failed over all the processes they were run in. Each appends lines to a file of its own: its counts and
 * failures (test-reporter.cjs), and the runs of its properties (test/support/thoroughness.ts).
 */
export class Counts {
  #directory;
  #print;
  #parts = new Map();

  constructor(directory, print = console.log) {
    this.#directory = directory;
    this.#print = print;
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory, { recursive: true });
  }

  /** Where the process of that part writes its lines: TEST_COUNTS in its environment. */
  file(part) {
    return join(this.#directory, part.replaceAll(" ", "-"));
  }

  /** What a part came to, once it has ended. One that did not end well without saying that a test failed counts as a failure itself. */
  include(part, isFine) {
    const lines = linesOf(this.file(part));
    this.#parts.set(part, { lines, isBroken: !isFine && sum(lines, "failures") === 0 });
  }

  /** Prints failures, where more than one part was run, and the sums. Returns the exit code. */
  finish() {
    const parts = [...this.#parts.values()];
    const lines = parts.flatMap((part) => part.lines);
    const [passes, failures, pending] = ["passes", "failures", "pending"].map((key) => sum(lines, key));
    if (parts.length > 1) this.#printFailures(lines.flatMap(({ failed = [] }) => failed));
    const broken = [...this.#parts].filter(([, { isBroken }]) => isBroken).map(([name]) => name);
    for (const name of broken) this.#print(`${name} did not run to its end: see above.`);
    this.#printThoroughness(sum(lines, "propertyRuns"), sum(lines, "allPropertyRuns"));
    if (passes + failures === 0) this.#print("No test was run.");
    const failed = failures + broken.length;
    this.#print(`${passes} passed, ${failed} failed${pending > 0 ? `, ${pending} skipped` : ""}`);
    return failed === 0 && passes > 0 ? 0 : 1;
  }

  #printFailures(failed) {
    if (failed.length > 0) this.#print("\nFailed, of all suites:");
    for (const { file, report } of failed) this.#print(`\n${file ?? ""}\n  ${report}`);
    if (failed.length > 0) this.#print("");
  }

  #printThoroughness(runs, all) {
    if (runs >= all) return;
    const percent = Math.ceil((runs / all) * 100);
    this.#print(`Properties were tried at ${percent} % of their runs. PROPERTY_RUNS=full tries all of them, as CI does.`);
  }
}

function sum(lines, key) {
  return lines.reduce((total, line) => total + (line[key] ?? 0), 0);
}

function linesOf(file) {
  try {
    return readFileSync(file, "utf8")
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  } catch {
    return [];
  }
}
