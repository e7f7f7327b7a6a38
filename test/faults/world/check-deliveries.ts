import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { HistoryJson } from "../../../server/json/history-json.ts";
import type { CommandEnd } from "./command.ts";
import type { DeliveryRun } from "./delivery-run.ts";

/** A line that the actions of `deliver.task.ts` write. */
interface LedgerEvent {
  readonly worker: string;
  readonly task: string;
  readonly action: string;
  readonly parcel: number;
  readonly kind: "delivers" | "saved";
}

const PARCELS = 5;
const ACTIONS = ["DeliverLetters", "DeliverParcels"];
/** 1 + … + 5, twice. */
const WHOLE_SUM = String(PARCELS * (PARCELS + 1));

/** What commands promised before the fault, and what may be forgiven because of it. */
export interface Promises {
  /** Names of the tasks whose `create` ended well. */
  readonly created: ReadonlySet<string>;
  /** Names of the tasks whose `cancel` ended well. */
  readonly cancelled: ReadonlySet<string>;
  /** A process died: an action whose initActionParams or recovery it interrupted is given up, as documented. */
  readonly aProcessDied: boolean;
  /** A power cut may leave lines that were never acknowledged as damaged. */
  readonly mayReportDamage: boolean;
}

/** Everything that is wrong with a folder after `drain` has ended in it without faults. Judges by the ledger and by what the command prints. */
export async function checkDeliveries(run: DeliveryRun, drained: CommandEnd, promises: Promises): Promise<readonly string[]> {
  const wrong: string[] = [];
  const [listed, told] = [await run.undisturbed("list", "--json"), await run.undisturbed("history", "--json")];
  if (drained.code !== 0 && !(promises.aProcessDied && drained.code === 1)) wrong.push(`drain ended with ${endOf(drained)}`);
  if (listed.code !== 0 || told.code !== 0) return [...wrong, `list ended with ${endOf(listed)}, history with ${endOf(told)}`];
  const { tasks } = JSON.parse(listed.stdout) as { tasks: readonly { name: string; status: string }[] };
  for (const { name, status } of tasks) wrong.push(`${name} has not ended: ${status}`);
  const { entries } = JSON.parse(told.stdout) as HistoryJson;
  for (const name of promises.created) {
    const times = entries.filter((entry) => entry.name === name).length;
    if (times !== 1) wrong.push(`${name} was created, and is in the history ${times} times`);
  }
  for (const entry of entries) {
    if (entries.filter(({ name }) => name === entry.name).length > 1) wrong.push(`${entry.name} was executed as two tasks`);
    if (promises.cancelled.has(entry.name) && entry.outcome !== "cancelled")
      wrong.push(`${entry.name} was cancelled, and is ${entry.outcome}`);
    if (entry.outcome === "finished" && entry.message !== WHOLE_SUM)
      wrong.push(`${entry.name} has saved ${entry.message}, not ${WHOLE_SUM}`);
    if (entry.outcome === "finished-with-failures" && !promises.aProcessDied) wrong.push(`an action of ${entry.name} was given up`);
  }
  const ledger = (await readFile(join(run.directory, "ledger.jsonl"), "utf8").catch(() => "")).split("\n").slice(0, -1);
  const events = ledger.map((line) => JSON.parse(line) as LedgerEvent);
  wrong.push(...checkLedger(events));
  for (const entry of entries) {
    if (entry.outcome !== "finished") continue;
    for (const action of ACTIONS) {
      const delivered = events.filter((event) => event.task === entry.name && event.action === action);
      const parcels = new Set(delivered.map(({ parcel }) => parcel));
      if (parcels.size !== PARCELS) wrong.push(`${entry.name} is finished, but ${action} delivered only ${[...parcels].join(", ")}`);
    }
  }
  const left = await readdir(run.store);
  const garbage = left.filter((name) => name.endsWith(".new") || (name.startsWith("damaged-") && !promises.mayReportDamage));
  if (garbage.length > 0) wrong.push(`left behind: ${garbage.join(", ")}`);
  return wrong;
}

/** No process works beside another, nothing saved is done again, and nothing is skipped. */
function checkLedger(events: readonly LedgerEvent[]): readonly string[] {
  const wrong: string[] = [];
  const replaced = new Set<string>();
  const saved = new Map<string, number>();
  let current: string | undefined;
  for (const { worker, task, action, parcel, kind } of events) {
    if (worker !== current) {
      if (current !== undefined) replaced.add(current);
      if (replaced.has(worker)) wrong.push(`two workers were active at once at ${task}, ${action}, ${parcel}`);
      current = worker;
    }
    const key = `${task}, ${action}`;
    const last = saved.get(key) ?? 0;
    if (kind === "saved") saved.set(key, Math.max(last, parcel));
    else if (parcel <= last) wrong.push(`${key}: ${parcel} was delivered again, though ${last} was saved`);
    else if (parcel > last + 1 && !wasDelivered(events, key, parcel - 1))
      wrong.push(`${key}: ${parcel} was delivered before ${parcel - 1}`);
  }
  return wrong;
}

function wasDelivered(events: readonly LedgerEvent[], key: string, parcel: number): boolean {
  return events.some((event) => `${event.task}, ${event.action}` === key && event.parcel === parcel);
}

export function endOf({ code, signal, stderr }: CommandEnd): string {
  return `${code ?? signal}: ${stderr.trim() || "no message"}`;
}

/** Of a command that a fault has hit: what it may not say or do. */
export function checkEnd(command: string, end: CommandEnd): readonly string[] {
  if (end.hung) return [`${command} hung`];
  if (end.code === 70 || /defect/i.test(end.stderr)) return [`${command} calls the fault a defect: ${endOf(end)}`];
  if (end.code === 4 && !/: .+\./.test(end.stderr)) return [`${command} does not say why: ${endOf(end)}`];
  if (end.code !== null && ![0, 1, 2, 3, 4].includes(end.code)) return [`${command} ended with ${endOf(end)}`];
  return [];
}
