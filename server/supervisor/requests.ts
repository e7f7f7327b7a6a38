import * as nodeFs from "node:fs";
import { join } from "node:path";
import { Inbox } from "../store/inbox.ts";
import { JsonTaskStore } from "../store/json-task-store.ts";
import type { Settings } from "./settings.ts";

export function openInbox({ storeDirectory }: Settings): Inbox {
  return new Inbox(nodeFs, join(storeDirectory, "inbox"), false);
}

/** Leaves word that what this tick was executing did not fail: it goes on as if it had paused. @throws StoreError */
export async function leaveInterrupted({ storeDirectory, durability }: Settings, fence: number): Promise<void> {
  const store = await JsonTaskStore.open(storeDirectory, { durability });
  try {
    await store.submit({ kind: "interrupted", fence });
  } finally {
    await store.close();
  }
}
