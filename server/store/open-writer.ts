import type { FileSystem } from "./disk/durable-file.ts";
import { isLink } from "./disk/links.ts";
import type { RejectedLines } from "./disk/rejected-lines.ts";
import { setRangesAside } from "./disk/set-aside.ts";
import { guarded } from "./disk/storage-error.ts";
import type { SyncFailures } from "./disk/sync-failures.ts";
import type { Inbox } from "./inbox/inbox.ts";
import { PendingRequests } from "./inbox/pending-requests.ts";
import { compact, isWorthCompacting, temporaryOf } from "./journal/compaction.ts";
import type { HistoryFile } from "./journal/history-file.ts";
import { JournalFile } from "./journal/journal-file.ts";
import { JournalReader, type JournalTail } from "./journal/journal-reader.ts";
import { type EndedTask, endedKey, type JournalState } from "./journal/journal-state.ts";
import { JsonStoreWriter } from "./json-store-writer.ts";
import { type Claim, HIGHEST_CLAIM, type TickMutex } from "./mutex/tick-mutex.ts";

export interface StoreFiles {
  readonly fs: FileSystem;
  readonly directory: string;
  readonly journalPath: string;
  readonly durable: boolean;
  readonly reader: JournalReader;
  readonly history: HistoryFile;
  readonly syncFailures: SyncFailures;
  readonly inbox: Inbox;
  readonly mutex: TickMutex;
}

interface HeldFiles extends StoreFiles {
  readonly claim: Claim;
}

export interface OpenWriterOptions extends StoreFiles {
  /** Runs the writer's last work once nothing else uses the files. */
  readonly finish: (work: () => Promise<void>) => Promise<void>;
}

/** Acquires the mutex and repairs the files. `null` if it is already held. @throws StoreError, with the mutex released */
export async function openWriter(options: OpenWriterOptions): Promise<JsonStoreWriter | null> {
  let claim = await options.mutex.take();
  if (!claim) return null;
  try {
    const warnings: string[] = [];
    let tail = await putInOrder({ ...options, claim }, warnings);
    const highest = highestFence(options.reader.state);
    if (claim.number <= highest) {
      // The lock was removed by hand, or a power cut took its last numbers.
      await claim.release();
      claim = await options.mutex.take(highest);
      if (!claim) return null;
      // Another holder may have come between.
      tail = await putInOrder({ ...options, claim }, warnings);
    }
    return startWriter(options, claim, warnings, tail);
  } catch (error) {
    await claim?.release();
    throw error;
  }
}

function startWriter(options: OpenWriterOptions, claim: Claim, warnings: string[], tail: JournalTail): JsonStoreWriter {
  const { fs, directory, journalPath, reader, history, inbox, durable, syncFailures } = options;
  const { state } = reader;
  const journal = new JournalFile(fs, journalPath, { end: state.offset, seq: state.seq, tail, reserve: durable, claim, syncFailures });
  const requests = new PendingRequests(fs, { inbox, directory, warnings, isFulfilled: (id) => state.fulfilled.has(id) });
  const finish = () =>
    options.finish(async () => {
      try {
        await requests.close();
        state.offset = journal.size;
        if (journal.failed) reader.reset();
        journal.close();
        // Cleaning up can wait for another holder, for example until there is space for it.
        if (!journal.failed && writer.isRecorded && isWorthCompacting(state, journal.size))
          await compactStore({ ...options, claim }, requests.stillThere(state.fulfilled)).catch(() => {});
      } finally {
        history.close();
        await claim.release();
      }
    });
  const writer = new JsonStoreWriter({ claim, warnings, state, journal, history, requests, durable, finish });
  return writer;
}

/** Repairs what a crash or a bad disk has left, adding warnings for the user. */
async function putInOrder(files: HeldFiles, warnings: string[]): Promise<JournalTail> {
  const { fs, journalPath, reader, history, inbox, syncFailures } = files;
  await inbox.make();
  await guarded("clean up", inbox.directory, () => inbox.removeStaleTemporaries());
  await guarded("remove", temporaryOf(journalPath), () => fs.promises.rm(temporaryOf(journalPath), { force: true }));
  let tail = await reader.refresh({ exclusive: true });
  const { state } = reader;
  // If the journal was removed by hand, its numbers continue after those of the history.
  if (!tail) state.seq = await history.lastSeq();
  const mustRewrite = await syncFailures.pending();
  await putHistoryInOrder(files, mustRewrite, warnings);
  if (!mustRewrite && tail && files.durable) await syncFailures.during(() => makeDurable(fs, journalPath));
  await recordEndedTasks(files);
  if (state.rejected.count > 0) {
    const file = await setRangesAside(fs, files.directory, journalPath, state.rejected.ranges);
    warnings.push(`${countOf(state.rejected)} of ${journalPath} could not be used; see ${file}. Everything else was kept.`);
  }
  if (tail === null && (state.seq > 0 || files.claim.hasPredecessor))
    warnings.push(
      `${journalPath} is missing, although earlier ticks have used this store. Unless it was removed on purpose, its tasks are lost.`,
    );
  else if (tail && state.id === undefined && state.isEmpty && state.rejected.count === 0)
    warnings.push(`${journalPath} is empty. It has lost its tasks, if there were any.`);
  if (state.missingLines > 0) {
    const count = state.missingLines === 1 ? "a line" : `${state.missingLines} lines`;
    warnings.push(`${journalPath} is missing ${count} of its snapshot, that is tasks or schedules; everything else was kept.`);
  }
  if (state.gaps.length > 0) warnings.push(`${journalPath} is missing ${state.gaps.join(", ")}; everything else was kept.`);
  const isLinked = await isLink(fs, journalPath);
  const mustReplace =
    mustRewrite ||
    isLinked ||
    state.missingLines > 0 ||
    tail === null ||
    state.id === undefined ||
    state.rejected.count > 0 ||
    state.gaps.length > 0;
  if (mustReplace) await compactStore(files, state.fulfilled);
  else if (isWorthCompacting(state, state.offset)) await compactIfPossible(files, state.fulfilled);
  else if (tail) return tail;
  if (mustRewrite) {
    await syncFailures.resolve();
    warnings.push("The disk had failed to make changes durable, so tasks and history were written again. Check the disk.");
  }
  tail = await reader.refresh({ exclusive: true });
  return tail ?? { clean: true, size: state.offset };
}

/** Sets damaged lines aside, and replaces files that a failed sync or a link makes unsafe. */
async function putHistoryInOrder({ fs, directory, history, claim }: HeldFiles, mustRewrite: boolean, warnings: string[]): Promise<void> {
  const damaged = await history.damaged(claim.number);
  for (const [path, lines] of damaged) {
    const file = await setRangesAside(fs, directory, path, lines.ranges);
    warnings.push(`${countOf(lines)} of ${path} could not be used; see ${file}. Everything else was kept.`);
  }
  if (mustRewrite || damaged.size > 0 || (await history.isLinked())) await history.rewrite(damaged);
}

function countOf({ count }: RejectedLines): string {
  return count === 1 ? "A damaged line" : `${count} damaged lines`;
}

/** What a dead holder wrote may only be in the system's memory; from here on it is acted upon. */
async function makeDurable(fs: FileSystem, path: string): Promise<void> {
  await guarded("make the journal durable", path, async () => {
    const handle = await fs.promises.open(path, "r+");
    await handle.datasync().finally(() => handle.close());
  });
}

/** A compaction can wait, for example until there is space for it, unless it has left behind what is not durable. */
async function compactIfPossible(files: HeldFiles, stillThere: Iterable<string>): Promise<void> {
  try {
    await compactStore(files, stillThere);
  } catch (error) {
    if (await files.syncFailures.pending()) throw error;
  }
}

/**
 * The journal may forget its contents only after history and inbox have followed, durably. `stillThere`: fulfilled requests whose files may
 * still exist.
 */
async function compactStore(files: HeldFiles, stillThere: Iterable<string>): Promise<void> {
  const { fs, journalPath, reader, history, inbox, claim, syncFailures } = files;
  claim.requireHeld();
  await history.sync();
  await syncFailures.during(() => inbox.sync());
  await compact(fs, journalPath, reader.state, { fulfilled: stillThere, claim, syncFailures });
}

async function recordEndedTasks({ fs, journalPath, reader, history, claim }: HeldFiles): Promise<void> {
  const { state } = reader;
  if (state.ended.size === 0) return;
  const { keys, completeFrom } = await history.recordedAfter(state.endedAfter);
  const missing = new Set([...state.ended].filter((key) => !keys.has(key) && Number.parseInt(key, 10) >= completeFrom));
  if (missing.size === 0) return;
  const ended: EndedTask[] = [];
  await new JournalReader(fs, journalPath).refresh({
    exclusive: true,
    onEnded: (task) => {
      if (missing.has(endedKey(task.seq, task.entry.id))) ended.push(task);
    },
  });
  claim.requireHeld();
  history.append(ended);
}

function highestFence({ view }: JournalState): number {
  let highest = 0;
  for (const { fence = 0 } of view.tasks()) {
    if (fence < HIGHEST_CLAIM) highest = Math.max(highest, fence);
  }
  return highest;
}
