import { actionsPerSecond, rawAppendsPerSecond } from "./action-rate.ts";
import { PlainjobPeer } from "./plainjob.ts";
import type { Omission, Result } from "./result.ts";
import { inTurns, median, ratio } from "./rounds.ts";

const APPENDED = "append + fdatasync, one by one";

/** No-op actions per second, against the disk and against a job queue. */
export async function throughput(quick: boolean): Promise<(Result | Omission)[]> {
  const peer = await PlainjobPeer.load({ install: !quick }).catch((error: Error) => error);
  const size = quick ? 0.2 : 1;
  const jobs = async (count: number, full: boolean) => (peer instanceof PlainjobPeer ? peer.jobsPerSecond(count, { full }) : Number.NaN);
  const rates = await inTurns(quick ? 3 : 9, {
    raw: () => rawAppendsPerSecond(1_000 * size),
    power: () => actionsPerSecond("power", 200 * size, 10),
    powerSingle: () => actionsPerSecond("power", 1_000 * size, 1),
    process: () => actionsPerSecond("process", 2_000 * size, 10),
    processSingle: () => actionsPerSecond("process", 5_000 * size, 1),
    plainjob: () => jobs(5_000 * size, false),
    plainjobFull: () => jobs(1_000 * size, true),
  });
  const note = (name: keyof typeof rates) => `${Math.round(median(rates[name]))}/s`;
  const durable: Result[] = [
    {
      what: "power: tasks of ten actions",
      comparedTo: APPENDED,
      measured: ratio(rates.power, rates.raw),
      target: { atLeast: 0.9 },
      note: `${note("power")} : ${note("raw")}`,
    },
    { what: "power: tasks of one action", comparedTo: APPENDED, measured: ratio(rates.powerSingle, rates.raw), note: note("powerSingle") },
  ];
  if (peer instanceof Error) return [...durable, { what: "plainjob", reason: peer.message }];
  return [
    ...durable,
    {
      what: "process: tasks of ten actions",
      comparedTo: "plainjob as shipped",
      measured: ratio(rates.process, rates.plainjob),
      target: { atLeast: 8 },
      note: `${note("process")} : ${note("plainjob")}`,
    },
    {
      what: "process: tasks of one action",
      comparedTo: "plainjob as shipped",
      measured: ratio(rates.processSingle, rates.plainjob),
      note: note("processSingle"),
    },
    {
      what: "power: tasks of ten actions",
      comparedTo: "plainjob synchronous=FULL",
      measured: ratio(rates.power, rates.plainjobFull),
      target: { atLeast: 1.5 },
      note: `${note("power")} : ${note("plainjobFull")}`,
    },
    { what: "power: tasks of one action", comparedTo: "plainjob synchronous=FULL", measured: ratio(rates.powerSingle, rates.plainjobFull) },
  ];
}
