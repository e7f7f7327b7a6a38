import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { programPath } from "../support/program-path.ts";

export interface Child {
  readonly pid: number;
  /** The next line it prints; rejects when it ends first. */
  line(): Promise<string>;
  kill(signal: NodeJS.Signals): void;
  /** Resolves when it has ended, with everything it printed that nobody has read. */
  ended(): Promise<{ code: number | null; signal: NodeJS.Signals | null; lines: string[]; errors: string }>;
}

/** Real processes for the tests of one suite: the programs of test/store/processes. All are ended after each test. */
export function childProcesses(): { program(name: string): string; start(name: string, ...args: string[]): Child } {
  const running = new Set<ChildProcessByStdio<null, Readable, Readable>>();

  afterEach(() => {
    for (const child of running) child.kill("SIGKILL");
  });

  const program = (name: string) => programPath(`store/processes/${name}`);
  return {
    program,
    start(name, ...args) {
      const child = spawn(process.execPath, [program(name), ...args], { stdio: ["ignore", "pipe", "pipe"] });
      running.add(child);
      child.once("exit", () => running.delete(child));
      return childOf(child);
    },
  };
}

export function childOf(child: ChildProcessByStdio<null, Readable, Readable>): Child {
  const lines: string[] = [];
  const waiting: { resolve(line: string): void; reject(error: Error): void }[] = [];
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const closed = once(child, "close") as Promise<[number | null, NodeJS.Signals | null]>;
  createInterface(child.stdout).on("line", (line) => {
    const next = waiting.shift();
    if (next) next.resolve(line);
    else lines.push(line);
  });
  void closed.then(() => {
    for (const { reject } of waiting) reject(new Error(`The process ended without a word. ${errors}`));
  });
  return {
    pid: child.pid ?? 0,
    line() {
      const line = lines.shift();
      if (line !== undefined) return Promise.resolve(line);
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    kill: (signal) => void child.kill(signal),
    async ended() {
      const [code, signal] = await closed;
      return { code, signal, lines, errors };
    },
  };
}
