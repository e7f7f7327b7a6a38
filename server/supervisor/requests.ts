import * as nodeFs from "node:fs";
import { join } from "node:path";
import type { Inbox } from "../store/inbox/inbox.ts";
import type { Settings } from "./settings.ts";

// What reads and writes the store is loaded when it is needed: before a worker is forked it would only hold it up.

export async function openInbox({ storeDirectory }: Settings): Promise<Inbox> {
  const { Inbox } = await import("../store/inbox/inbox.ts");
  return new Inbox(nodeFs, join(storeDirectory, "inbox"), false);
}
