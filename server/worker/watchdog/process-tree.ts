import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";

/** Identifies a process, even against a later one with the same pid. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly name: string;
  /** In any unit the system uses; the same for the same process. */
  readonly startedAt: string;
}

interface ProcessStatus extends ProcessIdentity {
  readonly parent: number;
  readonly isZombie: boolean;
}

/** Children, grandchildren and so on, nearest first. Empty on Windows, where `taskkill /T` finds them itself. */
export async function descendantsOf(pid: number): Promise<ProcessIdentity[]> {
  switch (process.platform) {
    case "win32":
      return [];
    case "linux":
      return linuxDescendants(pid);
    default:
      return descendantsAmong(await processesByPs(), pid);
  }
}

async function linuxDescendants(pid: number): Promise<ProcessIdentity[]> {
  const children = await linuxChildren(pid);
  if (children === undefined) return descendantsAmong(await linuxProcesses(), pid);
  const known = (await Promise.all(children.map(linuxStatus))).filter((status) => status !== undefined);
  const below = await Promise.all(known.map((child) => linuxDescendants(child.pid)));
  return [...known, ...below.flat()];
}

/** `undefined` if the kernel does not report it. */
async function linuxChildren(pid: number): Promise<number[] | undefined> {
  try {
    const threads = await readdir(`/proc/${pid}/task`);
    const lists = await Promise.all(threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, "utf8").catch(unlessMissing)));
    return lists.flatMap((list) => list.split(" ").filter(Boolean).map(Number));
  } catch {
    return undefined;
  }
}

/** A thread or process that has ended in the meantime has no children; on a kernel without such lists, neither does the first thread. */
function unlessMissing(error: NodeJS.ErrnoException): string {
  if (error.code === "ESRCH") return "";
  throw error;
}

async function linuxProcesses(): Promise<ProcessStatus[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  return (await Promise.all(pids.map(linuxStatus))).filter((status) => status !== undefined);
}

async function linuxStatus(pid: number): Promise<ProcessStatus | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  // "pid (name) state parent …"; the name may contain spaces and parentheses. The start time is field 22.
  const match = text?.match(/^\d+ \((.*)\) (\S) (\d+) (.*)$/s);
  if (!match) return undefined;
  const [, name = "", state = "", parent = "", rest = ""] = match;
  return { pid, name, parent: Number(parent), isZombie: state === "Z", startedAt: rest.split(" ")[17] ?? "" };
}

async function processesByPs(): Promise<ProcessStatus[]> {
  const text = await output("ps", ["-axo", "pid=,ppid=,stat=,lstart=,comm="]);
  return text.split("\n").flatMap((line) => {
    const [pid, parent, state = "", ...rest] = line.trim().split(/\s+/);
    if (!pid || !parent) return [];
    const startedAt = rest.slice(0, 5).join(" ");
    return [{ pid: Number(pid), parent: Number(parent), isZombie: state.startsWith("Z"), startedAt, name: rest.slice(5).join(" ") }];
  });
}

function descendantsAmong(processes: readonly ProcessStatus[], pid: number): ProcessStatus[] {
  const children = processes.filter((candidate) => candidate.parent === pid);
  return [...children, ...children.flatMap((child) => descendantsAmong(processes, child.pid))];
}

/** Those of these processes that are alive, as far as the system reports them at once; only Linux does. */
export async function identitiesOf(pids: readonly number[]): Promise<ProcessIdentity[]> {
  return (await Promise.all(pids.map(linuxStatus))).flatMap((status) => (status && !status.isZombie ? [status] : []));
}

/** Returns those that are still alive. */
export async function stillRunning(processes: readonly ProcessIdentity[]): Promise<ProcessIdentity[]> {
  if (processes.length === 0) return [];
  const now = process.platform === "linux" ? await Promise.all(processes.map(({ pid }) => linuxStatus(pid))) : await processesByPs();
  const alive = new Set(now.filter((status) => status && !status.isZombie).map((status) => status && identity(status)));
  return processes.filter((candidate) => alive.has(identity(candidate)));
}

function identity({ pid, startedAt }: ProcessIdentity): string {
  return `${pid} ${startedAt}`;
}

/** Terminates the process at once; it may already be gone. */
export function kill({ pid }: Pick<ProcessIdentity, "pid">): void {
  signal(pid);
}

/** Terminates every process in the group of `leader`; on Windows, which has no such groups, the tree below it. */
export async function killGroup(leader: number): Promise<void> {
  if (process.platform !== "win32") return signal(-leader);
  await output("taskkill", ["/pid", String(leader), "/T", "/F"]).catch(() => signal(leader));
}

/** Milliseconds that a terminating process has to find out what else to terminate. */
const LISTING_TIME = 150;

/** Terminates this process and everything it started, at once. */
export async function endOwnTree(): Promise<never> {
  const limit = delay<readonly ProcessIdentity[]>(LISTING_TIME, []);
  for (const descendant of await Promise.race([descendantsOf(process.pid).catch(() => []), limit])) kill(descendant);
  await killGroup(process.pid);
  process.kill(process.pid, "SIGKILL");
  // The caller must not continue.
  return new Promise(() => {});
}

function signal(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // Already gone, or not ours to terminate.
  }
}

function output(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { windowsHide: true, maxBuffer: 16 * 1024 * 1024 }, (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    );
  });
}
