import type { Json, TaskType } from "../authoring/index.ts";
import type { ActionOutcome, AttemptRecord, DamagedEntry, HistoryAction, HistoryEntry, ParamsEdit, TaskOutcome } from "../store/index.ts";
import { type ErrorJson, toErrorJson } from "./error-json.ts";

/** The output of `history --json`, newest first. */
export interface HistoryJson {
  readonly entries: readonly HistoryEntryJson[];
  /** Entries that this version cannot interpret; omitted if there are none. */
  readonly damaged?: readonly DamagedEntryJson[];
}

export interface HistoryEntryJson {
  readonly id: string;
  readonly name: string;
  readonly class: string;
  readonly type: TaskType;
  readonly outcome: TaskOutcome;
  /** The last message set by its actions. */
  readonly message: string;
  readonly params: Json;
  readonly createdAt: string;
  readonly endedAt: string;
  readonly ticks: number;
  readonly actions: readonly HistoryActionJson[];
}

export interface HistoryActionJson {
  readonly name: string;
  readonly class: string;
  readonly rank: number;
  readonly outcome: ActionOutcome;
  /** The params last saved, if they differ from those its last attempt started with. */
  readonly params?: Json;
  /** The first and the last attempts. */
  readonly attempts: readonly AttemptJson[];
  /** The most recent edits of its params by a user. */
  readonly edits?: readonly ParamsEditJson[];
  readonly durationMs: number;
}

export interface AttemptJson {
  readonly startedAt: string;
  readonly durationMs: number;
  readonly params: Json;
  readonly error?: ErrorJson;
}

export interface ParamsEditJson {
  readonly at: string;
  readonly before: Json;
  readonly after: Json;
}

export interface DamagedEntryJson {
  /** Of its task; empty where they cannot be read. */
  readonly id: string;
  readonly name: string;
  readonly problem: string;
  /** The entry's text in the store. */
  readonly raw: string;
}

export function toHistoryJson(entries: readonly HistoryEntry[], damaged: readonly DamagedEntry[] = []): HistoryJson {
  return { entries: entries.map(toHistoryEntryJson), ...(damaged.length > 0 && { damaged: damaged.map(toDamagedEntryJson) }) };
}

function toDamagedEntryJson({ id, name, problem, raw }: DamagedEntry): DamagedEntryJson {
  return { id, name, problem, raw };
}

export function toHistoryEntryJson(entry: HistoryEntry): HistoryEntryJson {
  return {
    id: entry.id,
    name: entry.name,
    class: entry.class,
    type: entry.type,
    outcome: entry.outcome,
    message: entry.message,
    params: entry.params,
    createdAt: entry.createdAt,
    endedAt: entry.endedAt,
    ticks: entry.ticks,
    actions: entry.actions.map(toHistoryActionJson),
  };
}

function toHistoryActionJson(action: HistoryAction): HistoryActionJson {
  return {
    name: action.name,
    class: action.class,
    rank: action.rank,
    outcome: action.outcome,
    ...(action.params !== undefined && { params: action.params }),
    attempts: action.attempts.map(toAttemptJson),
    ...(action.edits && { edits: action.edits.map(toParamsEditJson) }),
    durationMs: action.durationMs,
  };
}

export function toParamsEditJson({ at, before, after }: ParamsEdit): ParamsEditJson {
  return { at, before, after };
}

export function toAttemptJson({ startedAt, durationMs, params, error }: AttemptRecord): AttemptJson {
  return { startedAt, durationMs, params, ...(error && { error: toErrorJson(error) }) };
}
