import type { ActionReference, TaskReference } from "./worker-event.ts";

/** A call of one of the author's methods, as identified in a marker. */
export interface MarkedCall {
  /** Starts at 1 in each worker. */
  readonly ordinal: number;
  readonly task: TaskReference;
  readonly action: ActionReference;
}

/**
 * Formats a marker. The output itself says where it belongs: a marker is written to both streams before user code is called, and everything
 * that follows belongs to the action, whether printed by JavaScript, by native code or by a process that inherited the stream.
 */
export function outputMarker(key: string, call: MarkedCall): string {
  return `${markerPrefix(key)}${JSON.stringify(call)}\n`;
}

/** The start of every marker. `key` is random for each worker, so that no other output looks like one. */
export function markerPrefix(key: string): string {
  return `\x1e${key} `;
}
