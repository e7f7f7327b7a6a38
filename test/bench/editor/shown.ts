import type { Result } from "../result.ts";
import { median, quantile } from "../rounds.ts";
import { freshness } from "./freshness.ts";
import { exactly } from "./in-result.ts";

/** Milliseconds within which people feel that something follows by itself. */
const FRESH = 300;

/** From a tick of another process to the tree. */
export async function shown(quick: boolean): Promise<Result[]> {
  const ticks = quick ? 5 : 40;
  const few = await freshness(ticks, 10);
  const many = await freshness(ticks, 10_000);
  const p95 = (delays: readonly number[]) => quantile(delays, 0.95);
  return [
    {
      what: "tick elsewhere to tree, p95",
      comparedTo: `${FRESH} ms`,
      measured: exactly(p95(few) / FRESH),
      target: { atMost: 1 },
      note: `${p95(few).toFixed(0)} ms, median ${median(few).toFixed(0)} ms`,
    },
    {
      what: "the same with 10,000 tasks, p95",
      comparedTo: "with 10 tasks",
      measured: exactly(p95(many) / p95(few)),
      note: `${p95(many).toFixed(0)} ms, median ${median(many).toFixed(0)} ms`,
    },
  ];
}
