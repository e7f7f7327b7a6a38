import { kill } from "../worker/process-tree.ts";
import { processesWithVariable } from "./processes-with-variable.ts";

/** Inherited by everything a worker starts, so that what has left its process group and lost its parent can still be found. */
export const MARK_VARIABLE = "BACKGROUND_TASKS_WORKER";

export async function killMarked(mark: string): Promise<void> {
  for (const pid of await processesWithVariable(MARK_VARIABLE, mark)) kill({ pid });
}
