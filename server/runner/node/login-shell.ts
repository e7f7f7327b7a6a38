import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { userInfo } from "node:os";
import { basename } from "node:path";

/** Milliseconds: start-up files of shells can be slow, and can ask questions that are never answered. */
const SHELL_TIME = 10_000;
/** Shells known to accept `-l -i -c`. */
const SHELLS: readonly string[] = ["bash", "zsh", "fish", "sh", "dash", "ksh"];
/**
 * The marker separates the result from the output of start-up files. It is passed in the environment, so that the command is a constant.
 */
const COMMAND = "node -p 'process.env.BACKGROUND_TASKS_MARK + process.execPath + process.env.BACKGROUND_TASKS_MARK'";

/**
 * Keeps start-up files from actions that need a terminal: they would wait for an answer, or end the shell before it has printed anything.
 */
const WITHOUT_TERMINAL = {
  // Also set by VS Code when it reads a shell's environment: users' start-up files check for it.
  VSCODE_RESOLVING_ENVIRONMENT: "1",
  // Oh My Zsh: no question about an update, and no download of one.
  DISABLE_AUTO_UPDATE: "true",
  // Its tmux plugin: does not start tmux again, whatever AUTOSTART says, and does not end the shell if tmux fails.
  ZSH_TMUX_AUTOSTARTED: "true",
  ZSH_TMUX_AUTOSTART: "false",
};

/** The Node of the user's terminals: version managers (nvm, fnm, asdf, …) are set up in the start-up files of a login shell. */
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
    // A separate session: an interactive shell would take over our parent's terminal.
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
    // It has already exited.
  }
}

function ownShell(): string | undefined {
  try {
    return userInfo().shell ?? undefined;
  } catch {
    return undefined;
  }
}
