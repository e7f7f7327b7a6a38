import { existsSync } from "node:fs";
import { MemoryTaskStore, type TaskStore } from "../store/index.ts";
import { JsonTaskStore } from "../store/json-task-store.ts";
import { storeDirectory } from "../workspace/store-directory.ts";
import type { Context } from "./context.ts";

/** Opens the workspace's store for the duration of a call; if there is none yet, an empty one, so that looking leaves no trace. */
export async function withStore<Result>({ workspace }: Context, use: (store: TaskStore) => Promise<Result>): Promise<Result> {
  const directory = storeDirectory(workspace);
  return lend<TaskStore, Result>(existsSync(directory) ? await JsonTaskStore.open(directory) : new MemoryTaskStore(), use);
}

/** Like `withStore`, but creates a missing store: for commands that wait for what other processes write to it. */
export async function withLastingStore<Result>({ workspace }: Context, use: (store: JsonTaskStore) => Promise<Result>): Promise<Result> {
  return lend(await JsonTaskStore.open(storeDirectory(workspace)), use);
}

async function lend<Store extends TaskStore, Result>(store: Store, use: (store: Store) => Promise<Result>): Promise<Result> {
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}
