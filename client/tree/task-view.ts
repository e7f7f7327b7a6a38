import type { FolderState, TaskState } from "../../server/protocol/folder-state.ts";
import { failureInWords } from "../../server/words/failure-words.ts";
import { shortText } from "../../server/words/short-text.ts";
import { currentActionOf, hasFailure, isDismissed, situationOfTask, type TaskSituation } from "../../server/words/situation.ts";
import { attemptInWords, situationInWords } from "../../server/words/situation-words.ts";
import type { Wording } from "../../server/words/wording.ts";
import { type Parts, shownParts, spokenParts } from "../words/parts.ts";
import type { NodeView } from "./node-view.ts";
import { percentagePart } from "./percentage-part.ts";
import { iconOf } from "./situation-icon.ts";
import { contextOfTask } from "./task-flags.ts";

export function taskView(task: TaskState, tick: FolderState["tick"], wording: Wording): NodeView {
  const situation = situationOfTask(task, tick, wording.now);
  const parts = partsOf(task, situation, tick, wording);
  const isFailed = hasFailure(task);
  return {
    label: task.name,
    description: shownParts(parts),
    icon:
      situation === "executing" ? { id: "sync~spin", color: "testing.runAction" } : iconOf(situation, { isDismissed: isDismissed(task) }),
    spoken: spokenParts([task.name, ...parts]),
    context: contextOfTask(task, tick, wording.now),
    expansion: task.actions.length === 0 ? "none" : situation === "executing" || isFailed ? "expanded" : "collapsed",
    stage: isFailed ? "failed" : situation === "created" ? "new" : "begun",
  };
}

function partsOf(task: TaskState, situation: TaskSituation, tick: FolderState["tick"], wording: Wording): Parts {
  const action = tick?.current?.task === task.id ? task.actions.find(({ id }) => id === tick.current?.action) : currentActionOf(task);
  const failures = task.actions.filter(({ outcome }) => outcome === "failed").length;
  return [
    isDismissed(task) && wording.t("dismissed"),
    situationInWords(situation, task, wording),
    action && action.outcome === undefined && percentagePart(action, wording),
    action && action.outcome === undefined && attemptInWords(action, wording),
    shortText(task.message),
    task.problem !== undefined && shortText(task.problem),
    task.error && failureInWords(task.error),
    situation === "failed" && action?.error && failureInWords(action.error),
    situation !== "failed" && failures > 0 && wording.t(failures === 1 ? "1 action failed" : "{0} actions failed", failures),
  ];
}
