import { type ChildProcess, spawn } from "node:child_process";
import { programPath } from "../../support/program-path.ts";

/** A program of this suite, running. */
export class ProgramRun {
  readonly child: ChildProcess;
  /** The lines it printed; rejects when it fails. */
  readonly lines: Promise<string[]>;

  constructor(name: string, args: readonly string[]) {
    this.child = spawn(process.execPath, [programPath(`supervisor/support/${name}`), ...args], { stdio: ["ignore", "pipe", "inherit"] });
    let text = "";
    this.child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
    this.lines = new Promise((resolve, reject) => {
      this.child.on("error", reject);
      this.child.on("close", (code, signal) => {
        if (code === 0) resolve(text.split("\n").filter(Boolean));
        else reject(new Error(`${name} ended with ${signal ?? code}`));
      });
    });
    // Whoever ends it on purpose does not wait for its lines.
    this.lines.catch(() => {});
  }

  /** As if it had crashed. */
  kill(): void {
    this.child.kill("SIGKILL");
  }
}
