import type { Timestamp } from "../../store/index.ts";

let lastMs: number | undefined;
let lastText = "";

/** Of epoch milliseconds. Keeps the last one: dozens of transitions share a millisecond, and a good part of their cost would be this. */
export function timestamp(epochMs: number): Timestamp {
  if (epochMs !== lastMs) {
    lastText = new Date(epochMs).toISOString();
    lastMs = epochMs;
  }
  return lastText;
}
