import { readdir, readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { descendantsOf, identitiesOf, kill, type ProcessIdentity, stillRunning } from "../../worker/watchdog/process-tree.ts";

/** Returns a message about processes that outlived the tick that started them. */
export function leftBehindInWords(processes: readonly ProcessIdentity[]): string {
  const names = processes.map(({ name, pid }) => `${name} (pid ${pid})`).join(", ");
  return processes.length === 1
    ? `A process started by an action was still running at the end of the tick and was terminated: ${names}.`
    : `${processes.length} processes started by actions were still running at the end of the tick and were terminated: ${names}.`;
}

/** Inherited by everything a worker starts, so that processes that left its process group and lost their parent can still be found. */
export const MARK_VARIABLE = "BACKGROUND_TASKS_WORKER";

export async function killMarked(mark: string): Promise<void> {
  for (const pid of await processesWithVariable(MARK_VARIABLE, mark)) kill({ pid });
}

/** Returns what a worker has started, while it is there to be asked. On Linux this includes daemons, which have lost their parent. */
export async function startedBy(worker: number, mark: string): Promise<readonly ProcessIdentity[]> {
  const [descendants, marked] = await Promise.all([descendantsOf(worker), processesWithVariable(MARK_VARIABLE, mark)]);
  const known = new Set([worker, ...descendants.map(({ pid }) => pid)]);
  return [...descendants, ...(await identitiesOf(marked.filter((pid) => !known.has(pid))))];
}

/** Milliseconds a child process has to notice that the worker is gone. */
const ENDING_TIME = 100;

/** Returns the processes that do not exit when the worker does. */
export async function outlasting(processes: readonly ProcessIdentity[]): Promise<readonly ProcessIdentity[]> {
  const running = await stillRunning(processes);
  if (running.length === 0) return running;
  await delay(ENDING_TIME, undefined, { ref: false });
  return stillRunning(running);
}

/**
 * Returns our processes that were started with this environment variable, anywhere in the process tree. Only Linux reports them; elsewhere
 * there are none.
 */
async function processesWithVariable(name: string, value: string): Promise<number[]> {
  if (process.platform !== "linux") return [];
  const wanted = `${name}=${value}`;
  const pids = (await readdir("/proc")).filter((entry) => /^\d+$/.test(entry));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const environment = await readFile(`/proc/${pid}/environ`, "latin1").catch(() => "");
      return environment.split("\0").includes(wanted) ? Number(pid) : undefined;
    }),
  );
  return found.filter((pid) => pid !== undefined);
}
