import * as nodeFs from "node:fs";
import { join } from "node:path";
import type { Inbox } from "../store/inbox.ts";
import type { Settings } from "./settings.ts";

// What reads and writes the store is loaded when it is needed: before a worker is forked it would only hold it up.

export async function openInbox({ storeDirectory }: Settings): Promise<Inbox> {
  const { Inbox } = await import("../store/inbox.ts");
  return new Inbox(nodeFs, join(storeDirectory, "inbox"), false);
}

/** Leaves word that what this tick was executing did not fail: it goes on as if it had paused. @throws StoreError */
export async function leaveInterrupted({ storeDirectory, durability }: Settings, fence: number): Promise<void> {
  const { JsonTaskStore } = await import("../store/json-task-store.ts");
  const store = await JsonTaskStore.open(storeDirectory, { durability });
  try {
    await store.submit({ kind: "interrupted", fence });
  } finally {
    await store.close();
  }
}
