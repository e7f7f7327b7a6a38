import type { MutexHolder } from "../../store/index.ts";
import { oneLine } from "./plain.ts";

/** Explains how to free a store whose owner may be gone; nothing where the owner is known to run. `then`: what to do once it is free. */
export function formatUnverifiable(holder: MutexHolder | null, then = "run this command again"): string[] {
  if (!holder || holder.verifiable) return [];
  const { pid, host, since, file } = holder;
  return [
    oneLine(`The tick belongs to process ${pid} on ${host}, since ${since}. From here it is not certain whether that process still runs.`),
    oneLine(`If you are sure that it does not, remove ${file} and ${then}.`),
  ];
}
