import { readdir, readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { kill, type ProcessIdentity, stillRunning } from "../../worker/watchdog/process-tree.ts";

/** A sentence on processes that outlived the tick that started them. */
export function leftBehindInWords(processes: readonly ProcessIdentity[]): string {
  const names = processes.map(({ name, pid }) => `${name} (pid ${pid})`).join(", ");
  return processes.length === 1
    ? `A process started by an action was still running at the end of the tick and was terminated: ${names}.`
    : `${processes.length} processes started by actions were still running at the end of the tick and were terminated: ${names}.`;
}

/** Inherited by everything a worker starts, so that what has left its process group and lost its parent can still be found. */
export const MARK_VARIABLE = "BACKGROUND_TASKS_WORKER";

export async function killMarked(mark: string): Promise<void> {
  for (const pid of await processesWithVariable(MARK_VARIABLE, mark)) kill({ pid });
}

/** What a child has to notice that the worker is gone, in milliseconds. */
const ENDING_TIME = 100;

/** Those that do not end by themselves when the worker does. */
export async function outlasting(processes: readonly ProcessIdentity[]): Promise<readonly ProcessIdentity[]> {
  const running = await stillRunning(processes);
  if (running.length === 0) return running;
  await delay(ENDING_TIME, undefined, { ref: false });
  return stillRunning(running);
}

/**
 * The processes of ours that were started with this environment variable, wherever they stand in the tree of processes. Only Linux tells;
 * elsewhere there are none.
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
