import type { ActionState, FolderState, TaskState } from "../../server/protocol/folder-state.ts";
import { failureInWords } from "../../server/words/failure-words.ts";
import { shortText } from "../../server/words/short-text.ts";
import { isFailure, situationOfAction } from "../../server/words/situation.ts";
import { attemptInWords, situationInWords } from "../../server/words/situation-words.ts";
import type { Wording } from "../../server/words/wording.ts";
import { shownParts, spokenParts } from "../words/parts.ts";
import type { NodeView } from "./node-view.ts";
import { percentagePart } from "./percentage-part.ts";
import { iconOf } from "./situation-icon.ts";
import { contextOfAction } from "./task-flags.ts";
import type { ActionNode } from "./tree-node.ts";

export function actionView(
  node: ActionNode,
  { action, task, tick }: { readonly action: ActionState; readonly task: TaskState; readonly tick: FolderState["tick"] },
  wording: Wording,
): NodeView {
  const situation = situationOfAction(action, task, tick, wording.now);
  const parts = isFailure(action)
    ? // The error comes early, because there is little room beside the tree.
      [
        action.dismissed && wording.t("dismissed"),
        situationInWords(situation, task, wording),
        action.error && failureInWords(action.error),
        attemptInWords(action, wording),
      ]
    : [
        situationInWords(situation, task, wording),
        attemptInWords(action, wording),
        action.outcome === undefined && percentagePart(action, wording),
        shortText(action.progress?.message ?? ""),
      ];
  return {
    label: action.name,
    description: shownParts(parts),
    icon: iconOf(situation, { isDismissed: action.dismissed === true }),
    spoken: spokenParts([action.name, situation === "pending" && wording.t("not started yet"), ...parts]),
    context: contextOfAction(action, task, tick, wording.now),
    expansion: "none",
    opens: { kind: "source", node },
  };
}
