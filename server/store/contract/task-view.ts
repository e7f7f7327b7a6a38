import type { TaskType } from "../../authoring/index.ts";
import { changedTask } from "./changed-task.ts";
import { damagedToHistoryEntry, toHistoryEntry } from "./history-entry.ts";
import type { ActionId, DamagedTask, HistoryEntry, ScheduleRecord, TaskId, TaskRecord, TaskStatus } from "./task-record.ts";
import type { Change, Transaction } from "./transaction.ts";

interface Entry {
  readonly ordinal: number;
  record: TaskRecord;
}

/** The stored tasks in memory, kept current by applying changes. Records are replaced, never changed in place, so callers may keep them. */
export class TaskView {
  readonly #entries = new Map<TaskId, Entry>();
  readonly #damaged = new Map<TaskId, DamagedTask>();
  readonly #schedules = new Map<string, ScheduleRecord>();
  /** Ids by type and status; the sets are in no particular order. */
  readonly #index = new Map<string, Set<TaskId>>();
  #nextOrdinal = 0;

  get size(): number {
    return this.#entries.size;
  }

  task(id: TaskId): TaskRecord | undefined {
    return this.#entries.get(id)?.record;
  }

  /** Oldest first. */
  *tasks(): Generator<TaskRecord> {
    for (const { record } of this.#entries.values()) yield record;
  }

  /** Oldest first. */
  tasksWith(type: TaskType, status: TaskStatus): TaskRecord[] {
    const entries: Entry[] = [];
    for (const id of this.#index.get(`${type} ${status}`) ?? []) {
      const entry = this.#entries.get(id);
      if (entry) entries.push(entry);
    }
    return entries.sort((a, b) => a.ordinal - b.ordinal).map((entry) => entry.record);
  }

  damaged(): readonly DamagedTask[] {
    return [...this.#damaged.values()];
  }

  damagedTask(id: TaskId): DamagedTask | undefined {
    return this.#damaged.get(id);
  }

  schedule(name: string): ScheduleRecord | undefined {
    return this.#schedules.get(name);
  }

  schedules(): readonly ScheduleRecord[] {
    return [...this.#schedules.values()];
  }

  /** Keeps a task that cannot be interpreted separate from the others. */
  setDamaged(task: DamagedTask): void {
    this.#remove(task.id);
    this.#damaged.set(task.id, task);
  }

  /**
   * Applies a transaction as a whole. Returns the history entries of the tasks it ended.
   *
   * @throws RangeError if a change does not fit the state; nothing has been applied then.
   */
  applyTransaction(transaction: Transaction): readonly HistoryEntry[] {
    const [only, ...others] = transaction.changes;
    if (!only) return [];
    if (others.length === 0) {
      const ended = this.apply(only);
      return ended ? [ended] : [];
    }
    const misfit = misfitOf(transaction, this);
    if (misfit) throw new RangeError(misfit);
    return transaction.changes.map((change) => this.apply(change)).filter((entry) => entry !== undefined);
  }

  /**
   * Applies one change. Returns the history entry of a task it ended.
   *
   * @throws RangeError if the change does not fit the state: it names a missing task or action, or creates an existing one.
   */
  apply(change: Change): HistoryEntry | undefined {
    switch (change.kind) {
      case "create":
        this.#create(change.task);
        return undefined;
      case "change":
        this.#replace(this.#entry(change.id), changedTask(this.#entry(change.id).record, change));
        return undefined;
      case "end": {
        const damaged = this.#damaged.get(change.id);
        if (damaged) {
          this.#damaged.delete(change.id);
          return damagedToHistoryEntry(damaged, change.outcome, change.endedAt);
        }
        const entry = toHistoryEntry(this.#entry(change.id).record, change.outcome, change.endedAt);
        this.#remove(change.id);
        return entry;
      }
      case "schedule":
        this.#schedules.set(change.schedule.name, change.schedule);
        return undefined;
    }
  }

  /** Returns an independent view that starts from this one's state. */
  clone(): TaskView {
    const copy = new TaskView();
    for (const record of this.tasks()) copy.#create(record);
    for (const task of this.#damaged.values()) copy.#damaged.set(task.id, task);
    for (const schedule of this.#schedules.values()) copy.#schedules.set(schedule.name, schedule);
    return copy;
  }

  #entry(id: TaskId): Entry {
    const entry = this.#entries.get(id);
    if (!entry) throw new RangeError(`There is no stored task ${id}.`);
    return entry;
  }

  #create(record: TaskRecord): void {
    if (this.#entries.has(record.id) || this.#damaged.has(record.id)) throw new RangeError(`A stored task ${record.id} already exists.`);
    this.#entries.set(record.id, { ordinal: this.#nextOrdinal++, record });
    this.#bucket(record).add(record.id);
  }

  #replace(entry: Entry, record: TaskRecord): void {
    const before = entry.record;
    entry.record = record;
    if (before.status !== record.status || before.type !== record.type) {
      this.#bucket(before).delete(record.id);
      this.#bucket(record).add(record.id);
    }
  }

  #remove(id: TaskId): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    this.#bucket(entry.record).delete(id);
    this.#entries.delete(id);
  }

  #bucket(record: TaskRecord): Set<TaskId> {
    const key = `${record.type} ${record.status}`;
    let bucket = this.#index.get(key);
    if (!bucket) {
      bucket = new Set();
      this.#index.set(key, bucket);
    }
    return bucket;
  }
}

/**
 * Why a transaction does not fit the state: it names a missing task or action, or creates an existing one. `undefined` if it fits. Called
 * before any change is applied, so that a transaction is applied as a whole or not at all.
 */
function misfitOf({ changes }: Transaction, view: Pick<TaskView, "task" | "damagedTask">): string | undefined {
  /** The effect of the transaction's own earlier changes by task: its action ids, or `null` once the task has ended. */
  const own = new Map<TaskId, Set<ActionId> | null>();
  const actionsOf = (id: TaskId): Set<ActionId> | null => {
    const changed = own.get(id);
    if (changed !== undefined) return changed;
    const stored = view.task(id);
    return stored ? new Set(stored.actions.map((action) => action.id)) : null;
  };
  for (const change of changes) {
    if (change.kind === "schedule") continue;
    const id = change.kind === "create" ? change.task.id : change.id;
    const actions = actionsOf(id);
    if (change.kind === "create") {
      if (actions || view.damagedTask(id)) return `A stored task ${id} already exists.`;
      own.set(id, new Set(change.task.actions.map((action) => action.id)));
      continue;
    }
    if (!actions && !(change.kind === "end" && view.damagedTask(id))) return `There is no stored task ${id}.`;
    if (change.kind === "end") own.set(id, null);
    else if (actions) {
      const all = change.addActions ? new Set([...actions, ...change.addActions.map((action) => action.id)]) : actions;
      const unknown = change.actions?.find((action) => !all.has(action.id));
      if (unknown) return `Task ${id} has no action ${unknown.id}.`;
      const twice = change.addActions?.find((action) => actions.has(action.id));
      if (twice) return `Task ${id} already has an action ${twice.id}.`;
      own.set(id, all);
    }
  }
  return undefined;
}
