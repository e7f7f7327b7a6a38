import type { ActionState, FolderState } from "../../server/protocol/folder-state.ts";
import { errorInWords } from "../../server/words/failure-words.ts";
import { idleInWords, isReportedIdle } from "../../server/words/idle-words.ts";
import { amountInWords } from "../../server/words/progress-words.ts";
import { situationOfAction, situationOfTask } from "../../server/words/situation.ts";
import { attemptInWords, situationInWords } from "../../server/words/situation-words.ts";
import { fullMoment } from "../../server/words/time-words.ts";
import type { Wording } from "../../server/words/wording.ts";
import type { FolderModel } from "../model/folder-model.ts";
import type { WorkspaceModel } from "../model/workspace-model.ts";
import { problemOf } from "./class-view.ts";
import type { ActionNode, TaskClassNode, TaskNode, TreeNode } from "./tree-node.ts";

/** A line of a tooltip; without a label where the value speaks for itself. */
export interface Fact {
  readonly label?: string;
  readonly value: string;
}

type PossibleFact = { readonly label?: string; readonly value: string | undefined } | undefined;

/** The details of a row, heading first. Without params, which may be secret or long. */
export function tooltipFacts(node: TreeNode, model: WorkspaceModel, wording: Wording): readonly Fact[] {
  const folder = model.folder(node.folder);
  if (!folder) return [];
  return factsOf(node, folder, wording).filter((fact): fact is Fact => fact?.value !== undefined && fact.value !== "");
}

function factsOf(node: TreeNode, folder: FolderModel, wording: Wording): PossibleFact[] {
  switch (node.kind) {
    case "folder":
      return ofFolder(folder.state, wording);
    case "taskClass":
      return ofClass(node, folder, wording);
    case "loadProblem":
      return folder.state.loadProblems
        .filter(({ file }) => file === node.file)
        .flatMap(({ file, line, message }) => [{ value: place({ file, ...(line !== undefined && { line }) }) }, { value: message }]);
    case "task":
      return ofTask(node, folder, wording);
    case "action":
      return ofAction(node, folder, wording);
    case "more":
      return [];
  }
}

function ofFolder({ uri, name, problem, taskFiles }: Omit<FolderState, "tasks">, { t }: Wording): PossibleFact[] {
  return [
    { value: name },
    { value: decodeURIComponent(uri) },
    { label: t("Task files"), value: String(taskFiles.length) },
    { value: problem },
  ];
}

function ofClass(node: TaskClassNode, folder: FolderModel, wording: Wording): PossibleFact[] {
  const { t } = wording;
  const state = folder.shownClass(node.class);
  return [
    { value: node.class },
    { label: t("Schedule"), value: state?.schedule },
    { label: t("Next"), value: state?.nextOccurrence ? fullMoment(state.nextOccurrence, wording) : undefined },
    { label: t("Problem"), value: problemOf(node.class, folder, wording) },
    { label: t("Source"), value: place(state) },
  ];
}

function ofTask(node: TaskNode, folder: FolderModel, wording: Wording): PossibleFact[] {
  const { t, now } = wording;
  const task = folder.task(node.task);
  if (!task) return [];
  return [
    { value: task.name },
    { label: t("Class"), value: task.class },
    { label: t("Type"), value: task.type === "cron" ? t("cron") : t("interactive") },
    { label: t("Status"), value: situationInWords(situationOfTask(task, folder.state.tick, now), task, wording) },
    { label: t("Message"), value: task.message },
    { label: t("Created"), value: fullMoment(task.createdAt, wording) },
    { label: t("Next attempt"), value: task.nextAttemptAt && fullMoment(task.nextAttemptAt, wording) },
    { label: t("Problem"), value: task.problem },
    ...ofFailure(task, wording),
  ];
}

function ofAction(node: ActionNode, folder: FolderModel, wording: Wording): PossibleFact[] {
  const { t, now } = wording;
  const task = folder.task(node.task);
  const action = task?.actions.find(({ id }) => id === node.action);
  if (!task || !action) return [];
  return [
    { value: action.name },
    { label: t("Class"), value: action.class },
    { label: t("Rank"), value: String(action.rank) },
    { label: t("Status"), value: situationInWords(situationOfAction(action, task, folder.state.tick, now), task, wording) },
    { label: t("Attempts"), value: attemptInWords(action, wording) },
    { label: t("Progress"), value: amountInWords(action.progress ?? {}, wording) },
    { label: t("Message"), value: action.progress?.message },
    {
      value:
        action.outcome === undefined && isReportedIdle(action) ? idleInWords(action.class, action.idlePauses ?? 0, wording) : undefined,
    },
    ...ofFailure(action, wording),
  ];
}

function ofFailure({ error, dismissed }: Pick<ActionState, "error" | "dismissed">, { t }: Wording): PossibleFact[] {
  if (!error) return [];
  return [
    { label: dismissed ? t("Dismissed error") : t("Error"), value: errorInWords(error) },
    { label: t("Source"), value: place(error) },
  ];
}

function place(where: { readonly file?: string; readonly line?: number } | undefined): string | undefined {
  if (where?.file === undefined) return undefined;
  return where.line === undefined ? where.file : `${where.file}:${where.line}`;
}
