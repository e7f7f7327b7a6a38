import { readFileSync, rmSync } from "node:fs";

/**
 * How many tests passed and failed over all the processes they were run in, each of which appends lines to a file: its own counts
 * (test-reporter.cjs), and the runs of its properties (test/support/thoroughness.ts).
 */
export class Counts {
  #file;
  #broken = [];

  constructor(file) {
    this.#file = file;
    rmSync(file, { force: true });
  }

  /** Runs one part. One that did not end well without saying that a test failed counts as a failure itself. */
  async include(name, part) {
    const before = this.#lines().length;
    const isFine = await part();
    const isSaid = this.#lines().length > before && this.#sum("failures", before) > 0;
    if (!isFine && !isSaid) this.#broken.push(name);
  }

  /** Prints the sums. Returns the exit code. */
  finish() {
    const [passes, failures, pending] = ["passes", "failures", "pending"].map((key) => this.#sum(key));
    for (const name of this.#broken) console.log(`${name} did not run to its end: see above.`);
    this.#tellThoroughness();
    if (passes + failures === 0) console.log("No test was run.");
    const failed = failures + this.#broken.length;
    console.log(`${passes} passed, ${failed} failed${pending > 0 ? `, ${pending} skipped` : ""}`);
    return failed === 0 && passes > 0 ? 0 : 1;
  }

  #tellThoroughness() {
    const [runs, all] = [this.#sum("propertyRuns"), this.#sum("allPropertyRuns")];
    if (runs >= all) return;
    const percent = Math.ceil((runs / all) * 100);
    console.log(`Properties were tried at ${percent} % of their runs. PROPERTY_RUNS=full tries all of them, as CI does.`);
  }

  #sum(key, from = 0) {
    return this.#lines()
      .slice(from)
      .reduce((sum, line) => sum + (JSON.parse(line)[key] ?? 0), 0);
  }

  #lines() {
    try {
      return readFileSync(this.#file, "utf8").split("\n").filter(Boolean);
    } catch {
      return [];
    }
  }
}
