import type { HistoryEntry, TaskId } from "../contract/task-record.ts";
import { TaskView } from "../contract/task-view.ts";
import type { Change, Transaction } from "../contract/transaction.ts";
import { type ByteRange, RejectedLines } from "../disk/rejected-lines.ts";
import { checkChange } from "../validation/change-check.ts";
import { isObject } from "../validation/shape.ts";
import { encodeLine, type JournalHeader, type JournalLine } from "./journal-codec.ts";

export interface EndedTask {
  /** Number of the transaction that ended it. */
  readonly seq: number;
  readonly entry: HistoryEntry;
}

const NONE: readonly EndedTask[] = [];

/** The contents of the journal up to the line last read or written. */
export class JournalState {
  readonly view = new TaskView();
  /** The requests fulfilled since the snapshot; their files may still exist. */
  readonly fulfilled = new Set<string>();
  /** Tasks that ended since the snapshot, as `endedKey`. */
  readonly ended = new Set<string>();
  /** Unusable lines; the next holder of the mutex sets them aside. */
  rejected = new RejectedLines();
  /** Missing transactions, as text. */
  gaps: string[] = [];
  /** Identifies the file; `undefined` if there is none, or none with a readable header. */
  id: string | undefined;
  snapshotSeq: number;
  seq: number;
  /** All tasks in `ended` ended in transactions with greater numbers than this. */
  endedAfter: number;
  /** Offset of the end of the last line used. */
  offset: number;
  /** Bytes of header and snapshot. */
  snapshotBytes: number;
  /** The number of the first line read. */
  #firstSeq: number | undefined;
  /** Snapshot lines that the header promises and that have not been read, neither whole nor damaged. */
  #linesToCome: number;
  #isPastSnapshot = false;

  constructor(
    header: { readonly id: string | undefined; readonly seq: number; readonly lines?: number } = { id: undefined, seq: 0 },
    headerBytes = 0,
  ) {
    this.#linesToCome = header.lines ?? 0;
    this.id = header.id;
    this.snapshotSeq = header.seq;
    this.endedAfter = header.seq;
    this.seq = header.id === undefined ? 0 : header.seq;
    this.offset = headerBytes;
    this.snapshotBytes = headerBytes;
  }

  /** How many snapshot lines have been removed, once everything has been read. */
  get missingLines(): number {
    return Math.max(0, this.#linesToCome);
  }

  /** True if no line has been read that can be used. */
  get isEmpty(): boolean {
    return this.#firstSeq === undefined;
  }

  /** True if transactions are missing before this line. */
  skips(line: JournalLine): boolean {
    return line.seq > this.snapshotSeq && line.seq > this.seq + 1;
  }

  /** Applies the next transaction. @throws RangeError if it does not fit; nothing has changed then. */
  apply(seq: number, transaction: Transaction): readonly EndedTask[] {
    const ended = this.view.applyTransaction(transaction);
    this.#passed(seq, transaction);
    return this.#noteEnded(seq, ended);
  }

  /** Applies any line that was read. Returns the tasks it ended; none if it was rejected. */
  replay(line: JournalLine, range: ByteRange): readonly EndedTask[] {
    this.#firstSeq ??= line.seq;
    if (line.seq > this.snapshotSeq) this.#isPastSnapshot = true;
    else this.#linesToCome--;
    if (line.seq > this.snapshotSeq && line.seq === this.seq && line.seq === this.#firstSeq) this.#correctHeader(line.seq);
    const usedBefore = line.seq > this.snapshotSeq && line.seq <= this.seq;
    if (this.skips(line)) this.gaps.push(missing(this.seq + 1, line.seq - 1));
    const checks = line.changes.map(checkChange);
    this.#passed(line.seq, line);
    if (usedBefore || checks.some((check) => check.kind === "meaningless")) return this.#rejectLine(range);
    const sound = [];
    for (const [index, check] of checks.entries()) {
      const change = line.changes[index];
      if (!change) continue;
      if (check.kind === "sound" && !this.#concernsDamaged(check.change)) sound.push(check.change);
      else if (check.kind === "damaging") this.#damage(check.id, check.problem, line.seq, change);
      else if (check.kind === "sound" && change.kind === "change") this.#damage(change.id, undefined, line.seq, change);
    }
    try {
      return this.#noteEnded(line.seq, this.view.applyTransaction({ changes: sound }));
    } catch (error) {
      if (error instanceof RangeError) return this.#rejectLine(range);
      throw error;
    }
  }

  /** Notes lines that cannot be read. */
  reject(lines: RejectedLines): void {
    this.rejected.addAll(lines);
    if (!this.#isPastSnapshot) this.#linesToCome -= lines.count;
  }

  /** Continues after the file was replaced with a snapshot of this state. */
  rebase(header: JournalHeader, bytes: number, stillThere: Iterable<string>): void {
    this.id = header.id;
    this.snapshotSeq = header.seq;
    this.endedAfter = header.seq;
    this.offset = bytes;
    this.snapshotBytes = bytes;
    this.ended.clear();
    this.fulfilled.clear();
    for (const request of stillThere) this.fulfilled.add(request);
    this.rejected = new RejectedLines();
    this.#linesToCome = 0;
    this.gaps = [];
  }

  /** Several lines with one number, right after the header, are a snapshot: their number is right and the header's is wrong. */
  #correctHeader(seq: number): void {
    this.id = undefined;
    this.snapshotSeq = seq;
    this.endedAfter = seq;
    this.gaps = [];
  }

  #passed(seq: number, { request }: Transaction): void {
    this.seq = Math.max(this.seq, seq);
    if (request !== undefined) this.fulfilled.add(request);
  }

  #noteEnded(seq: number, entries: readonly HistoryEntry[]): readonly EndedTask[] {
    if (entries.length === 0) return NONE;
    // No line of a snapshot ends a task, whatever a damaged header says.
    this.endedAfter = Math.min(this.endedAfter, seq - 1);
    for (const entry of entries) this.ended.add(endedKey(seq, entry.id));
    return entries.map((entry) => ({ seq, entry }));
  }

  #rejectLine(range: ByteRange): readonly EndedTask[] {
    this.rejected.add(range);
    return NONE;
  }

  #concernsDamaged(change: Change): boolean {
    return change.kind === "change" && this.view.damagedTask(change.id) !== undefined;
  }

  /** Keeps everything known about a task that can no longer be interpreted, as text. */
  #damage(id: TaskId, problem: string | undefined, seq: number, change: Change): void {
    const before = this.view.damagedTask(id);
    const record = this.view.task(id);
    const created: unknown = change.kind === "create" ? change.task : undefined;
    const described: { readonly name?: unknown; readonly class?: unknown } = before ?? record ?? (isObject(created) ? created : {});
    const earlier = before?.raw ?? (record && rawLine(seq, { kind: "create", task: record }));
    this.view.setDamaged({
      id,
      name: typeof described.name === "string" ? described.name : id,
      class: typeof described.class === "string" ? described.class : "",
      problem: before?.problem ?? `This version of Background Tasks cannot use the stored task: ${problem}.`,
      raw: earlier === undefined ? rawLine(seq, change) : `${earlier}\n${rawLine(seq, change)}`,
    });
  }
}

/** Identifies the end of a task in both the journal and the history. */
export function endedKey(seq: number, id: TaskId): string {
  return `${seq} ${id}`;
}

function rawLine(seq: number, change: Change): string {
  return encodeLine(seq, { changes: [change] }).slice(0, -1);
}

function missing(from: number, to: number): string {
  return from === to ? `transaction ${from}` : `transactions ${from} to ${to}`;
}
