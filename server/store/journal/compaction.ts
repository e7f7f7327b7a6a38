import { randomUUID } from "node:crypto";
import { dirname } from "node:path";
import { type FileSystem, replaceFile, syncDirectory } from "../disk/durable-file.ts";
import { guarded } from "../disk/storage-error.ts";
import type { SyncFailures } from "../disk/sync-failures.ts";
import type { Claim } from "../mutex/tick-mutex.ts";
import { encodeHeader, encodeLine, type JournalHeader, requireReadable } from "./journal-codec.ts";
import type { JournalState } from "./journal-state.ts";

/**
 * A journal that outgrew its snapshot by this much, and by its own size, is rewritten: the cost stays proportional to what was appended.
 */
const LEAST_GARBAGE_BYTES = 1 << 20;
const PART_CHARACTERS = 1 << 20;

export function isWorthCompacting(state: Pick<JournalState, "snapshotBytes">, size: number): boolean {
  return size - state.snapshotBytes > Math.max(LEAST_GARBAGE_BYTES, state.snapshotBytes);
}

/**
 * Replaces the journal with a snapshot of `state`, always durably: a power cut must not take everything. The caller holds the mutex, has
 * nothing unwritten and has closed the file.
 *
 * @param fulfilled requests whose files still exist.
 */
export async function compact(
  fs: FileSystem,
  path: string,
  state: JournalState,
  { fulfilled, claim, syncFailures }: { readonly fulfilled: Iterable<string>; readonly claim: Claim; readonly syncFailures: SyncFailures },
): Promise<void> {
  await guarded("rewrite the journal", path, async () => {
    const stillThere = [...fulfilled];
    const header: JournalHeader = { id: randomUUID(), seq: state.seq, lines: countLines(state, stillThere) };
    const temporary = temporaryOf(path);
    const handle = await fs.promises.open(temporary, "w");
    let bytes = 0;
    try {
      for (const part of parts(checkedLines(snapshotLines(state, header, stillThere)))) {
        await handle.writeFile(part);
        bytes += part.length;
      }
      await handle.datasync();
      claim.requireHeld();
    } catch (error) {
      // The disk may be full; its space is needed.
      await fs.promises.rm(temporary, { force: true }).catch(() => {});
      throw error;
    } finally {
      await handle.close();
    }
    await replaceFile(fs, temporary, path);
    await syncFailures.during(() => syncDirectory(fs, dirname(path)));
    state.rebase(header, bytes, stillThere);
  });
}

/** An interrupted compaction leaves this file behind, with the journal itself untouched. */
export function temporaryOf(path: string): string {
  return `${path}.new`;
}

function* snapshotLines({ view, seq }: JournalState, header: JournalHeader, fulfilled: readonly string[]): Generator<string> {
  yield encodeHeader(header);
  for (const schedule of view.schedules()) yield encodeLine(seq, { changes: [{ kind: "schedule", schedule }] });
  for (const task of view.tasks()) yield encodeLine(seq, { changes: [{ kind: "create", task }] });
  for (const task of view.damaged()) yield `${task.raw}\n`;
  for (const request of fulfilled) yield encodeLine(seq, { changes: [], request });
}

function countLines({ view }: JournalState, fulfilled: readonly string[]): number {
  let count = view.schedules().length + fulfilled.length;
  for (const _ of view.tasks()) count++;
  for (const { raw } of view.damaged()) count += raw.split("\n").length;
  return count;
}

/** @throws StoreError instead of writing what could not be read again */
function* checkedLines(lines: Iterable<string>): Generator<string> {
  for (const line of lines) {
    requireReadable(line);
    yield line;
  }
}

function* parts(lines: Iterable<string>): Generator<Buffer> {
  let text = "";
  for (const line of lines) {
    text += line;
    if (text.length < PART_CHARACTERS) continue;
    yield Buffer.from(text);
    text = "";
  }
  if (text !== "") yield Buffer.from(text);
}
