import type { FolderState } from "../../server/protocol/folder-state.ts";
import type { LoadProblem } from "../../server/protocol/tick-event.ts";
import { shortText } from "../../server/words/short-text.ts";
import type { Translate, Wording } from "../../server/words/wording.ts";
import type { FolderModel } from "../model/folder-model.ts";
import { shownParts, spokenParts } from "../words/parts.ts";
import type { NodeView } from "./node-view.ts";
import type { LoadProblemNode, MoreNode } from "./tree-node.ts";

export function folderView(folder: FolderModel, { t }: Wording): NodeView {
  const { name, problem, autoTick } = folder.state;
  const isEmpty = folder.shownClasses.length === 0 && folder.state.loadProblems.length === 0;
  const parts = [problem !== undefined && shortText(problem), autoTickInWords(autoTick, t)];
  return {
    label: name,
    description: shownParts(parts),
    icon: problem === undefined ? { id: "folder" } : { id: "error", color: "list.errorForeground" },
    spoken: spokenParts([name, t("folder"), ...parts]),
    context: "folder",
    expansion: isEmpty ? "none" : "expanded",
    stage: isEmpty ? "empty" : "filled",
  };
}

/** Returns `undefined` if ticks run only on request. */
export function autoTickInWords(autoTick: FolderState["autoTick"], t: Translate): string | undefined {
  if (autoTick === "off") return undefined;
  return autoTick === "onSchedule" ? t("ticks on schedule") : t("ticks on save");
}

/** @param path of the file, relative to the folder, as shown to the user. */
export function loadProblemView(
  node: LoadProblemNode,
  { problem: { line, message }, path }: { readonly problem: LoadProblem; readonly path: string },
  { t }: Wording,
): NodeView {
  const parts = [shortText(message)];
  return {
    label: line === undefined ? path : `${path}:${line}`,
    description: shownParts(parts),
    icon: { id: "error", color: "list.errorForeground" },
    spoken: spokenParts([line === undefined ? path : t("{0}, line {1}", path, line), t("failed to load"), ...parts]),
    context: "loadProblem",
    expansion: "none",
    opens: { kind: "source", node },
  };
}

export function moreView(node: MoreNode, hidden: number, { t }: Wording): NodeView {
  const label = t(hidden === 1 ? "Show 1 more task" : "Show more tasks ({0} remaining)", hidden);
  return {
    label,
    description: "",
    icon: { id: "ellipsis" },
    spoken: label,
    context: "more",
    expansion: "none",
    opens: { kind: "more", node },
  };
}
