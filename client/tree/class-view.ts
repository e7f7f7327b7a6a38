import { dueInWords } from "../../server/words/due-words.ts";
import { shortText } from "../../server/words/short-text.ts";
import type { Wording } from "../../server/words/wording.ts";
import type { FolderModel } from "../model/folder-model.ts";
import { shownParts, spokenParts } from "../words/parts.ts";
import type { NodeIcon, NodeView } from "./node-view.ts";
import type { TaskClassNode } from "./tree-node.ts";

export function classView(node: TaskClassNode, folder: FolderModel, wording: Wording): NodeView {
  const { t } = wording;
  const name = node.class;
  const state = folder.shownClass(name);
  const count = folder.taskCountOf(name);
  const problem = problemOf(name, folder, wording);
  const parts = [
    state?.schedule,
    state?.schedule !== undefined && nextInWords(state.nextOccurrence, wording),
    state?.kind === "process" ? t("scheduled process") : t(count === 1 ? "1 task" : "{0} tasks", count),
    problem !== undefined && shortText(problem),
  ];
  return {
    label: name,
    description: shownParts(parts),
    icon: iconOf(problem !== undefined, state?.schedule !== undefined),
    spoken: spokenParts([name, ...parts]),
    context: state?.kind === "process" ? "process" : "taskClass",
    expansion: count > 0 ? "expanded" : "none",
    stage: count > 0 ? "filled" : "empty",
    ...(state?.file !== undefined && count === 0 && { opens: { kind: "source", node } }),
  };
}

/** Returns why no task of the class can be executed. */
export function problemOf(name: string, folder: FolderModel, { t }: Wording): string | undefined {
  const state = folder.shownClass(name);
  if (state) return state.problem;
  // Unknown before task files are first loaded, and in an untrusted workspace.
  return folder.state.classes.length > 0 ? t("not exported by any task file") : undefined;
}

function nextInWords(next: string | null | undefined, wording: Wording): string | undefined {
  if (next === undefined) return undefined;
  if (next === null) return wording.t("never due again");
  return dueInWords(next, wording);
}

function iconOf(hasProblem: boolean, isScheduled: boolean): NodeIcon {
  if (hasProblem) return { id: "error", color: "list.errorForeground" };
  return isScheduled ? { id: "calendar" } : { id: "symbol-class", color: "symbolIcon.classForeground" };
}
