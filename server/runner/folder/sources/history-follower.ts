import { join } from "node:path";
import { currentHistory } from "../../../service/index.ts";
import type { HistoryEntry } from "../../../store/index.ts";
import { fileSignature } from "../../documents/source-texts.ts";
import type { FolderStore } from "../folder-store.ts";

/** How many entries are searched for failures. */
const ENTRIES = 500;

/** The latest entries of a folder's history, read again only if there may be new ones. */
export class HistoryFollower {
  readonly #store: FolderStore;
  readonly #path: string;
  #entries: readonly HistoryEntry[] = [];
  #signature: string | undefined;
  #hasEnded = true;

  constructor(store: FolderStore) {
    this.#store = store;
    this.#path = join(store.directory, "history.jsonl");
  }

  /** Tasks have left the store; the file may not contain them yet. */
  tasksEnded(): void {
    this.#hasEnded = true;
  }

  /** Newest first; the same list if there are no new ones. @throws StoreError */
  async refresh(): Promise<readonly HistoryEntry[]> {
    const signature = await fileSignature(this.#path);
    if (signature === this.#signature && !this.#hasEnded) return this.#entries;
    this.#hasEnded = false;
    this.#signature = signature;
    const entries = await currentHistory(this.#store, { limit: ENTRIES });
    if (entries.length !== this.#entries.length || keyOf(entries[0]) !== keyOf(this.#entries[0])) this.#entries = entries;
    return this.#entries;
  }
}

function keyOf(entry: HistoryEntry | undefined): string {
  return entry ? `${entry.id} ${entry.endedAt}` : "";
}
