import { isInFlight } from "../service/machine/task-machine.ts";
import type { RequestStore } from "../service/requests/submit-request.ts";
import type { TaskRecord } from "../store/index.ts";
import type { JudgedTick } from "../words/situation.ts";

/** The tick that any process is executing right now, and its tasks. */
export async function currentTick(store: RequestStore, tasks: readonly TaskRecord[]): Promise<JudgedTick> {
  const holder = await store.mutexHolder?.();
  if (!holder) return null;
  const task = tasks.find((candidate) => candidate.fence === holder.fence && isInFlight(candidate));
  return { current: task?.currentAction ? { task: task.id, action: task.currentAction } : null };
}
