import { type ProcessIdentity, stillRunning } from "../worker/process-tree.ts";
import { passing } from "./passing.ts";

/** What a child has to notice that the worker is gone, in milliseconds. */
const ENDING_TIME = 100;

/** Those that do not end by themselves when the worker does. */
export async function outlasting(processes: readonly ProcessIdentity[]): Promise<readonly ProcessIdentity[]> {
  const running = await stillRunning(processes);
  if (running.length === 0) return running;
  await passing(ENDING_TIME);
  return stillRunning(running);
}
