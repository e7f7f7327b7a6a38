import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { userInfo } from "node:os";
import { basename } from "node:path";

/** Milliseconds: start files of shells can be slow, and can ask questions that nobody answers. */
const SHELL_TIME = 10_000;
/** Shells that are known to take `-l -i -c`. */
const SHELLS: readonly string[] = ["bash", "zsh", "fish", "sh", "dash", "ksh"];
/** The marker keeps apart what start files print. It comes by the environment, so that the command is always the same text. */
const COMMAND = "node -p 'process.env.BACKGROUND_TASKS_MARK + process.execPath + process.env.BACKGROUND_TASKS_MARK'";

/** Keeps start files from doing what needs a terminal: they would wait for an answer, or end the shell before it has said anything. */
const WITHOUT_TERMINAL = {
  // Set by VS Code, too, when it reads a shell's environment: start files that people have written for it ask for this.
  VSCODE_RESOLVING_ENVIRONMENT: "1",
  // Oh My Zsh: no question about an update, and no download of one.
  DISABLE_AUTO_UPDATE: "true",
  // Its tmux plugin: it starts no second time, whatever the start file says of AUTOSTART, and takes no shell with it when tmux fails.
  ZSH_TMUX_AUTOSTARTED: "true",
  ZSH_TMUX_AUTOSTART: "false",
};

/** The Node that the person's terminals use: version managers (nvm, fnm, asdf, …) are set up in the start files of a login shell. */
export async function nodeFromLoginShell(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): Promise<string | undefined> {
  if (platform === "win32") return undefined;
  const shell = env.SHELL || ownShell();
  if (!shell || !SHELLS.includes(basename(shell))) return undefined;
  const mark = `<${randomUUID()}>`;
  const printed = await printedBy(shell, { ...env, ...WITHOUT_TERMINAL, BACKGROUND_TASKS_MARK: mark });
  const path = printed.split(mark)[1];
  return path?.startsWith("/") ? path : undefined;
}

function printedBy(shell: string, env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve) => {
    // A session of its own: an interactive shell would take the terminal of whoever started us.
    const child = spawn(shell, ["-l", "-i", "-c", COMMAND], { env, detached: true, stdio: ["ignore", "pipe", "ignore"] });
    let printed = "";
    const end = () => {
      clearTimeout(timer);
      child.stdout.destroy();
      resolve(printed);
    };
    const timer = setTimeout(() => {
      killGroup(child.pid);
      end();
    }, SHELL_TIME);
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      printed += chunk;
    });
    child.once("error", end);
    child.once("exit", () => setImmediate(end));
  });
}

function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

function ownShell(): string | undefined {
  try {
    return userInfo().shell ?? undefined;
  } catch {
    return undefined;
  }
}
