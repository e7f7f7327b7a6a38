import type { ActionSituation } from "../../server/words/situation.ts";
import type { NodeIcon } from "./node-view.ts";

const ICONS: Readonly<Record<ActionSituation, NodeIcon>> = {
  executing: { id: "loading~spin", color: "testing.runAction" },
  finished: { id: "pass", color: "testing.iconPassed" },
  failed: { id: "error", color: "testing.iconFailed" },
  givenUp: { id: "error", color: "testing.iconFailed" },
  damaged: { id: "error", color: "testing.iconErrored" },
  problem: { id: "warning", color: "list.warningForeground" },
  willRetry: { id: "warning", color: "list.warningForeground" },
  interrupted: { id: "warning", color: "list.warningForeground" },
  waiting: { id: "history", color: "testing.iconQueued" },
  retried: { id: "history", color: "testing.iconQueued" },
  paused: { id: "debug-pause", color: "testing.iconQueued" },
  idle: { id: "debug-pause", color: "list.warningForeground" },
  held: { id: "stop-circle", color: "testing.iconSkipped" },
  dropped: { id: "debug-step-over", color: "testing.iconSkipped" },
  cancelled: { id: "circle-slash", color: "testing.iconSkipped" },
  notStarted: { id: "circle-outline", color: "testing.iconUnset" },
  pending: { id: "circle-outline", color: "testing.iconUnset" },
  created: { id: "circle-outline", color: "testing.iconQueued" },
};

/** A dismissed failure keeps its shape, in a neutral colour. */
const DISMISSED: Partial<Record<ActionSituation, NodeIcon>> = {
  failed: { id: "error", color: "testing.iconSkipped" },
  givenUp: { id: "error", color: "testing.iconSkipped" },
  willRetry: { id: "warning", color: "testing.iconSkipped" },
};

export function iconOf(situation: ActionSituation, { isDismissed = false } = {}): NodeIcon {
  return (isDismissed ? DISMISSED[situation] : undefined) ?? ICONS[situation];
}
