import type { DamagedEntry, HistoryEntry } from "../contract/task-record.ts";
import { historyEntry } from "./record-shapes.ts";
import { isObject, isSequenceNumber, problemOf } from "./shape.ts";

/** How this version interprets a line of the history. */
export type EndedCheck =
  | { readonly kind: "sound"; readonly ended: { readonly seq: number; readonly entry: HistoryEntry } }
  | { readonly kind: "damaged"; readonly entry: Omit<DamagedEntry, "raw"> };

export function checkEnded(value: unknown): EndedCheck {
  const { crc: _crc, seq, ...entry }: Record<string, unknown> = isObject(value) ? value : {};
  const problem = isSequenceNumber(seq) ? problemOf(historyEntry, entry) : "it has no sequence number";
  if (isSequenceNumber(seq) && problem === undefined) return { kind: "sound", ended: { seq, entry: entry as unknown as HistoryEntry } };
  const { id, name } = entry;
  return {
    kind: "damaged",
    entry: {
      id: typeof id === "string" ? id : "",
      name: typeof name === "string" ? name : "",
      problem: `This version of Background Tasks cannot use an entry of the history: ${problem}.`,
    },
  };
}
