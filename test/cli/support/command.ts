import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** Where the product was built. */
export const CLI = join(process.env.DIST ?? join(process.cwd(), "dist"), "cli.js");

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly cwd: string;
  readonly input?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** The user and group to run as; only for root. */
  readonly uid?: number;
  /** Default: the one that was built. */
  readonly cli?: string;
}

/** A command that has been started. */
export class Running {
  readonly #child: ReturnType<typeof spawn>;
  readonly result: Promise<CommandResult>;
  readonly #lookedFor: { readonly pattern: RegExp; readonly found: () => void }[] = [];
  #stdout = "";
  #stderr = "";

  constructor(args: readonly string[], { cwd, input, env, uid, cli = CLI }: CommandOptions) {
    this.#child = spawn(process.execPath, [cli, ...args], {
      cwd,
      ...(uid !== undefined && { uid, gid: uid }),
      env: { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, ...env },
    });
    this.#child.stdout?.setEncoding("utf8").on("data", (text) => {
      this.#stdout += text;
      this.#look();
    });
    this.#child.stderr?.setEncoding("utf8").on("data", (text) => {
      this.#stderr += text;
      this.#look();
    });
    this.#child.stdin?.end(input ?? "");
    this.result = once(this.#child, "close").then(([code]) => ({ code, stdout: this.#stdout, stderr: this.#stderr }));
  }

  /** Resolves when it has printed something that matches; rejects when it ends without. */
  async printed(pattern: RegExp): Promise<void> {
    if (pattern.test(this.#stdout + this.#stderr)) return;
    const found = new Promise<boolean>((resolve) => this.#lookedFor.push({ pattern, found: () => resolve(true) }));
    const ended = this.result.then(() => false);
    if (!(await Promise.race([found, ended]))) throw new Error(`It ended without printing ${pattern}:\n${this.#stdout}${this.#stderr}`);
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.result;
  }

  #look(): void {
    for (const { pattern, found } of this.#lookedFor) if (pattern.test(this.#stdout + this.#stderr)) found();
  }
}

export function startCommand(args: readonly string[], options: CommandOptions): Running {
  return new Running(args, options);
}

export function runCommand(args: readonly string[], options: CommandOptions): Promise<CommandResult> {
  return new Running(args, options).result;
}
