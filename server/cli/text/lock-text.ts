import type { MutexHolder } from "../../store/index.ts";
import { oneLine } from "./plain.ts";
import { formatMoment } from "./time-text.ts";

/** Says whose tick it is and, where its owner may be gone, how to free the store. `then`: what to do once it is free. */
export function formatHolder(holder: MutexHolder | null, then = "run this command again"): string[] {
  if (!holder) return [];
  const { pid, host, since, file, verifiable } = holder;
  const owner = oneLine(`The tick belongs to process ${pid} on ${host}, since ${formatMoment(since)}.`);
  if (verifiable) return [owner];
  return [
    `${owner} From here it is not certain whether that process still runs.`,
    oneLine(`If you are sure that it does not, remove ${file} and ${then}.`),
  ];
}
