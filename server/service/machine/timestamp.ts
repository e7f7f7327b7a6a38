import type { Timestamp } from "../../store/index.ts";

let lastMs: number | undefined;
let lastText = "";

/**
 * Formats epoch milliseconds. Caches the last result: dozens of transitions share a millisecond, and formatting would be a good part of
 * their cost.
 */
export function timestamp(epochMs: number): Timestamp {
  if (epochMs !== lastMs) {
    lastText = new Date(epochMs).toISOString();
    lastMs = epochMs;
  }
  return lastText;
}
