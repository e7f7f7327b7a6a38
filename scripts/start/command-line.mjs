import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";

/** The command line as it ships, used as a person uses it: one process a command, JSON in its standard output. */
export class CommandLine {
  #cli;
  #workspace;

  constructor(cli, workspace) {
    this.#cli = cli;
    this.#workspace = workspace;
  }

  /** Returns what the command printed. 1 tells of a failed action, which is for the caller to judge; what is worse is thrown. */
  async run(...args) {
    // A terminal shows the command's own progress bar meanwhile; elsewhere its lines would only repeat ours.
    const stderr = process.stderr.isTTY ? "inherit" : "pipe";
    const child = spawn(process.execPath, [this.#cli, ...args, "--workspace", this.#workspace, "--json"], {
      stdio: ["ignore", "pipe", stderr],
    });
    const ended = new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
    const [code, output, messages] = await Promise.all([ended, text(child.stdout), child.stderr ? text(child.stderr) : ""]);
    if (code === 3) throw new Error("Another tick is running in sample-tasks. Stop it (a `serve`, another start), then try again.");
    if ((code !== 0 && code !== 1) || output === "") throw new Error(`background-tasks ${args[0]} ended with ${code}.\n${messages}`);
    return JSON.parse(output);
  }
}
