import { existsSync } from "node:fs";
import { MemoryTaskStore, type TaskStore } from "../store/index.ts";
import { JsonTaskStore } from "../store/json-task-store.ts";
import type { Context } from "./context.ts";

/** Opens the workspace's store for the duration of a call; if there is none yet, an empty one, so that looking leaves no trace. */
export async function withStore<Result>(context: Context, use: (store: TaskStore) => Promise<Result>): Promise<Result> {
  const { store: directory } = context;
  if (existsSync(directory)) return lend<TaskStore, Result>(await JsonTaskStore.open(directory, { create: false }), use);
  return lend<TaskStore, Result>(new MemoryTaskStore(), use).finally(() => mentionNearbyStores(context));
}

/** For an empty store: the tasks that are looked for may be in another one. */
export async function mentionNearbyStores(context: Context): Promise<void> {
  await context.stderr.lines(await nearbyStores(context));
}

/** What to say of stores elsewhere; nothing where the user has named the store. The search is loaded when there is a reason for it. */
export async function nearbyStores({ workspace, hasOwnStore }: Context): Promise<string[]> {
  if (!hasOwnStore) return [];
  return (await import("./nearby-stores.ts")).describeNearbyStores(workspace);
}

/** Like `withStore`, but creates a missing store: for commands that wait for what other processes write to it. */
export async function withLastingStore<Result>({ store }: Context, use: (store: JsonTaskStore) => Promise<Result>): Promise<Result> {
  return lend(await JsonTaskStore.open(store), use);
}

async function lend<Store extends TaskStore, Result>(store: Store, use: (store: Store) => Promise<Result>): Promise<Result> {
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}
