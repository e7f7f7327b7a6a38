import { appendFileSync } from "node:fs";
import fc from "fast-check";

/** Locally a run should take seconds: percent of what CI does. */
const LOCAL_PERCENT = 5;
/** Fewer runs of a property than that find hardly anything. */
const MINIMUM_RUNS = 25;

const percent = requestedPercent(process.env);

/** Whether everything is tried as often, and as long, as it is in CI. */
export const isThorough = percent >= 100;

/** How many of a property's runs, of which CI does `all`, are to be done here. */
export function runsOf(all: number): number {
  return Math.max(Math.min(all, MINIMUM_RUNS), Math.round((all * percent) / 100));
}

/** `fc.assert`, with as many runs as are to be done here of the `all` that CI does. */
export function assertProperty<Values>(property: fc.IAsyncProperty<Values>, all?: number): Promise<void>;
export function assertProperty<Values>(property: fc.IProperty<Values>, all?: number): void;
export function assertProperty<Values>(property: fc.IRawProperty<Values>, all = 100): Promise<void> | void {
  const runs = runsOf(all);
  record(runs, all);
  return fc.assert(property, { numRuns: runs });
}

/** For the line at the end of a run that says how thorough it was (scripts/test/counts.mjs). */
function record(runs: number, all: number): void {
  const { TEST_COUNTS } = process.env;
  if (TEST_COUNTS) appendFileSync(TEST_COUNTS, `${JSON.stringify({ propertyRuns: runs, allPropertyRuns: all })}\n`);
}

/** `PROPERTY_RUNS`: `full`, or a percentage, beyond 100 for a long search. Without it CI does all runs. */
function requestedPercent({ PROPERTY_RUNS, CI }: NodeJS.ProcessEnv): number {
  if (!PROPERTY_RUNS) return CI ? 100 : LOCAL_PERCENT;
  if (PROPERTY_RUNS === "full") return 100;
  const requested = Number(PROPERTY_RUNS.replace(/%$/, ""));
  if (requested > 0) return requested;
  throw new Error(`PROPERTY_RUNS is "${PROPERTY_RUNS}", which is neither "full" nor a percentage, such as 20.`);
}
