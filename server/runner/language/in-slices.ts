import { setImmediate } from "node:timers/promises";

/** Milliseconds that nobody notices to wait. */
const SLICE = 5;

/** Takes the steps of long work, and lets whatever else is to be done have its turn whenever a slice of time is spent. */
export async function inSlices(steps: Iterable<unknown>): Promise<void> {
  let endsAt = performance.now() + SLICE;
  for (const _ of steps) {
    if (performance.now() < endsAt) continue;
    await setImmediate();
    endsAt = performance.now() + SLICE;
  }
}
