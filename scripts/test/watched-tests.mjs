import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Counts } from "./counts.mjs";
import { IncrementalBuild, isSource } from "./incremental-build.mjs";
import { lanesOf } from "./lanes.mjs";
import { runLanes } from "./node-suites.mjs";
import { TestProcess } from "./test-process.mjs";

/** Runs those of some test files that a change concerns, one run at a time. A change meanwhile ends the run, and another one begins. */
export class WatchedTests {
  #options;
  #directory;
  #build;
  #files = [];
  #changed = [];
  /** Files that have not been run to their end since a change that concerns them. */
  #concerned = new Set();
  #running;
  #interrupted = new AbortController();
  #isStopped = false;
  #isDistStale = process.env.DIST === undefined;
  /** Started ahead, so that no run has to wait for it. */
  #spare;

  /** @param options as those of `runLanes`, and `select`: the test files that there are now. */
  constructor(options) {
    this.#options = options;
    // Of its own, so that other tests can be run meanwhile.
    this.#directory = join(options.build, `watch-${process.pid}`);
  }

  /** Runs files, and then what changes concern. Resolves when it waits for one. */
  async run(files) {
    for (const file of files) this.#concerned.add(file);
    this.#running = this.#runAll();
    await this.#running;
    if (files.length === 0) console.log(`Watching ${this.#files.length} test files. Each runs when something changes that it depends on.`);
  }

  /** @param paths of files that were changed; relative to the root. */
  change(paths) {
    this.#changed.push(...paths);
    if (process.env.DIST === undefined && paths.some(isSource)) this.#isDistStale = true;
    if (this.#running && this.#concernedBy(paths).length > 0) this.#interrupted.abort();
    this.#running ??= this.#runAll();
  }

  async stop() {
    this.#isStopped = true;
    this.#interrupted.abort();
    await this.#running;
    await this.#spare?.stop();
    await this.#build?.dispose();
    await rm(join(this.#options.root, this.#directory), { recursive: true, force: true });
  }

  async #runAll() {
    do {
      this.#interrupted = new AbortController();
      await this.#runOnce(performance.now());
    } while (!this.#isStopped && this.#changed.length > 0);
    this.#running = undefined;
  }

  async #runOnce(start) {
    this.#spare ??= this.#process();
    const paths = this.#changed.splice(0);
    // Before and after: what a file was, or is now, a part of.
    for (const file of this.#concernedBy(paths)) this.#concerned.add(file);
    const isBuilt = await this.#rebuild();
    for (const file of this.#concernedBy(paths)) this.#concerned.add(file);
    const files = this.#files.filter((file) => this.#concerned.has(file));
    if (!isBuilt || !(await this.#provideDist(files))) return console.log("Not built; waiting for changes.");
    if (files.length === 0 || this.#interrupted.signal.aborted) return;
    await this.#runFiles(files, start);
  }

  #concernedBy(paths) {
    return paths.flatMap((path) => this.#build?.concernedBy(path) ?? []);
  }

  /** From nothing where test files have come or gone. */
  async #rebuild() {
    const { root, select } = this.#options;
    const files = select();
    if (files.join() !== this.#files.join()) {
      await this.#build?.dispose();
      this.#files = files;
      this.#build = await IncrementalBuild.create(root, join(this.#directory, "tests"), files);
    }
    return this.#build.run();
  }

  /** As a process of its own: it ends when something cannot be built. */
  async #provideDist(files) {
    if (!this.#isDistStale || !this.#build.usesDist(files)) return true;
    this.#isDistStale = false;
    const extent = this.#build.usesDeclarations(files) ? [] : ["--bundles"];
    const child = spawn(process.execPath, ["scripts/set-up.mjs", ...extent], { cwd: this.#options.root, stdio: "inherit" });
    const [code] = await once(child, "close");
    if (code !== 0) this.#isDistStale = true;
    return code === 0;
  }

  async #runFiles(files, start) {
    const { signal } = this.#interrupted;
    const counts = new Counts(join(this.#options.root, this.#directory, "counts"));
    await runLanes({
      ...this.#options,
      build: join(this.#directory, "tests"),
      lanes: lanesOf(files),
      counts,
      signal,
      start: (isShown) => this.#takeProcess(isShown),
    });
    if (signal.aborted) return;
    for (const file of files) this.#concerned.delete(file);
    counts.finish();
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const names = files.map((file) => file.replace(/^test\/|\.test\.ts$/g, ""));
    console.log(`${names.length > 3 ? `${names.length} files` : names.join(", ")}: ${seconds} s; waiting for changes.`);
    this.#spare ??= this.#process();
  }

  #takeProcess(isShown) {
    const spare = isShown ? this.#spare : undefined;
    if (isShown) this.#spare = undefined;
    return spare ?? new TestProcess(this.#options.root, isShown);
  }

  #process() {
    return new TestProcess(this.#options.root, true);
  }
}
