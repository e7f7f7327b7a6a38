import type { ActionState } from "../protocol/folder-state.ts";

/** 0 to 100; `undefined` where the end is not known. */
export function percentageOf(progress: ActionState["progress"]): number | undefined {
  if (progress?.done === undefined || progress.total === undefined || !(progress.total > 0)) return undefined;
  return Math.min(100, Math.max(0, Math.floor((progress.done / progress.total) * 100)));
}
