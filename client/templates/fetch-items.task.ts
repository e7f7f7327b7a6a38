import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { BackgroundTaskEx, BackgroundTaskExAction, backoff, type Deadline } from "background-task-ex";

/** Params of the task. Paths are relative to the workspace folder. */
interface Params {
  /** URL that answers `?offset=…&limit=…` with a JSON array. Without one, items are made up. */
  api?: string;
  to?: string;
}

/** Progress of the action. Only params outlive a tick, so everything the next one needs is stored here, as plain JSON. */
interface Position {
  api: string;
  to: string;
  /** Index of the first item of the next page. */
  offset: number;
  limit: number;
}

export class FetchItemsByPage extends BackgroundTaskExAction<Position> {
  static override readonly maxAttempts = 8;
  /** Waits 1, 2, 4 … seconds after failures, to avoid overloading a server in trouble. */
  static override readonly retryDelay = backoff({ initial: 1_000, jitter: 0.2 });

  /** Called after the wait. The server may be able to answer smaller pages. `false` would give up. */
  override changeActionParamsOnError() {
    this.params.limit = Math.max(1, Math.floor(this.params.limit / 2));
    return true;
  }

  /** `true`: finished. `false`: paused; the next tick calls it again with the params as saved. */
  override async executeAction(deadline: Deadline) {
    const { params } = this;
    await mkdir(params.to, { recursive: true });
    while (!deadline.isReached()) {
      // The signal aborts at the deadline, or when the task is cancelled: the action pauses, and the next tick fetches the page again.
      const items = await fetchPage(params, this.signal);
      if (items.length > 0) await this.save(items);
      params.offset += items.length;
      // Saves the params: if this process dies, the next tick continues from here.
      await this.checkpoint();
      this.reportProgress({ done: params.offset, message: "items" });
      if (items.length < params.limit) {
        this.task.message = `${params.offset} items fetched`;
        return true;
      }
    }
    return false;
  }

  /** An interrupted page is saved again. That is safe: it has the same name, and the rename replaces it as a whole. */
  async save(items: readonly unknown[]) {
    const file = join(this.params.to, `items-${String(this.params.offset).padStart(6, "0")}.json`);
    await writeFile(`${file}.tmp`, JSON.stringify(items, null, 2));
    await rename(`${file}.tmp`, file);
  }
}

/** A server that does not answer within ten seconds is a failure, which `changeActionParamsOnError` is called for. */
async function fetchPage({ api, offset, limit }: Position, stop: AbortSignal): Promise<unknown[]> {
  if (api === "") return madeUpItems(offset, limit);
  const signal = AbortSignal.any([stop, AbortSignal.timeout(10_000)]);
  const response = await fetch(`${api}?offset=${offset}&limit=${limit}`, { signal });
  if (!response.ok) throw new Error(`${response.url} answered ${response.status} ${response.statusText}`);
  return (await response.json()) as unknown[];
}

/** Answers like a server with 120 items. Remove it once you have a real one. */
function madeUpItems(offset: number, limit: number) {
  const count = Math.max(0, Math.min(limit, 120 - offset));
  return Array.from({ length: count }, (_, index) => ({ id: offset + index + 1 }));
}

export class FetchItems extends BackgroundTaskEx<Params> {
  /** Called once, when the task is created. */
  override createActions() {
    const { api = "", to = "items" } = this.params;
    return [new FetchItemsByPage({ api, to, offset: 0, limit: 50 })];
  }
}
