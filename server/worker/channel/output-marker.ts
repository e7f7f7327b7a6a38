import type { ActionReference, TaskReference } from "./worker-event.ts";

/** A call of one of the author's methods, as a marker names it. */
export interface MarkedCall {
  /** Counted from 1 within a worker. */
  readonly ordinal: number;
  readonly task: TaskReference;
  readonly action: ActionReference;
}

/**
 * Where output belongs is told in the output itself: a marker is written to both streams before user code is called, and whatever follows
 * it is the action's, be it printed by JavaScript, by native code or by a process that inherited the stream.
 */
export function outputMarker(key: string, call: MarkedCall): string {
  return `${markerPrefix(key)}${JSON.stringify(call)}\n`;
}

/** What every marker begins with. `key` is chosen anew for each worker, so that nothing printed looks like one. */
export function markerPrefix(key: string): string {
  return `\x1e${key} `;
}
