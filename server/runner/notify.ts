import type { Connection } from "vscode-languageserver";
import { notifications, type RunnerNotifications } from "../protocol/runner-protocol.ts";

/** Sends a notification that only our own client understands. */
export function notify<N extends keyof RunnerNotifications>(
  connection: Connection,
  name: N,
  params: RunnerNotifications[N],
): Promise<void> {
  return connection.sendNotification(notifications[name], params);
}
