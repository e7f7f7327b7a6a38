import type { ProcessIdentity } from "../worker/process-tree.ts";

/** A sentence on processes that outlived the tick that started them. */
export function leftBehindInWords(processes: readonly ProcessIdentity[]): string {
  const names = processes.map(({ name, pid }) => `${name} (pid ${pid})`).join(", ");
  return processes.length === 1
    ? `A process that an action had started was still running at the end of the tick and was ended: ${names}.`
    : `${processes.length} processes that actions had started were still running at the end of the tick and were ended: ${names}.`;
}
