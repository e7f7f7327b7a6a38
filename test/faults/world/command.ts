import { spawn } from "node:child_process";
import { once } from "node:events";
import { pathToFileURL } from "node:url";
import type { Injection } from "../injection/fault.ts";

export interface CommandEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** It did not end by itself. */
  readonly hung: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Programs {
  /** The built command. */
  readonly cli: string;
  /** The built `inject.program.ts`. */
  readonly injector: string;
}

/** How long a command may take before it counts as hung, in milliseconds: ten times the longest on a busy machine. */
const LONGEST_TIME = 120_000;

/** Runs `background-tasks` in a folder, with a fault if there is an injection. A command that hangs is ended. */
export async function runCommand(
  { cli, injector }: Programs,
  args: readonly string[],
  { cwd, injection }: { cwd: string; injection?: Injection | undefined },
): Promise<CommandEnd> {
  const { NODE_OPTIONS: _options, ...env } = process.env;
  const child = spawn(process.execPath, [cli, ...args], {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: LONGEST_TIME,
    killSignal: "SIGKILL",
    env: injection ? { ...env, NODE_OPTIONS: `--import=${pathToFileURL(injector)}`, FAULT_INJECTION: JSON.stringify(injection) } : env,
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  return { code, signal, hung: child.killed, stdout, stderr };
}
