import { fork } from "node:child_process";
import { join } from "node:path";

/** A process that runs test files once. It starts before it knows which, because loading mocha takes a while. */
export class TestProcess {
  #child;
  #output = [];
  #ended;

  /** @param isShown whether what it prints is shown as it comes; kept for `output` otherwise. */
  constructor(root, isShown) {
    const stdio = isShown ? "inherit" : "pipe";
    this.#child = fork(join(root, "scripts/test/mocha-process.mjs"), {
      cwd: root,
      execArgv: ["--enable-source-maps"],
      stdio: ["ignore", stdio, stdio, "ipc"],
      env: { ...process.env, NODE_OPTIONS: "" },
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) stream?.on("data", (chunk) => this.#output.push(chunk));
    this.#ended = new Promise((resolve, reject) => {
      this.#child.once("error", reject).once("close", (code) => resolve(code === 0));
    });
  }

  /**
   * @param files absolute paths of what was built.
   * @param options of mocha's constructor.
   * @returns whether all passed.
   */
  run(files, options, environment) {
    this.#child.send({ files, options, environment });
    return this.#ended;
  }

  /** What it has printed so far, where it is not shown. */
  get output() {
    return Buffer.concat(this.#output);
  }

  async stop() {
    this.#child.kill();
    await this.#ended;
  }
}
