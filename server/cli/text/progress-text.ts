import type { Progress } from "../../authoring/index.ts";
import { oneLine } from "./plain.ts";

/** From 0 to 1, where the action says how much there is to do. */
export function fractionOf({ done, total }: Progress): number | undefined {
  if (done === undefined || total === undefined || !(total > 0)) return undefined;
  return Math.min(1, Math.max(0, done / total));
}

/** `45 % (5 of 11) compressing`, as much of it as is known. */
export function formatProgress(progress: Progress): string {
  return [formatAmount(progress), oneLine(progress.message ?? "")].filter(Boolean).join(" ");
}

export function formatAmount(progress: Progress): string {
  const fraction = fractionOf(progress);
  if (fraction !== undefined) return `${Math.floor(fraction * 100)} % (${progress.done} of ${progress.total})`;
  return progress.done === undefined ? "" : String(progress.done);
}
