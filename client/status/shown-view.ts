import type { FolderModel } from "../model/folder-model.ts";
import type { RunnerState } from "../runner/runner-state.ts";

/** Content of the tasks view: its tree (`tasks`), nothing yet (`starting`), or one of the welcome contents of package.json. */
export type ShownView = "starting" | "noTaskFile" | "noClass" | "noNode" | "problem" | "loadProblem" | "stopped" | "tasks";

export function shownView(runner: RunnerState, folders: readonly FolderModel[], isTrusted: boolean): ShownView {
  // A runner that stopped without a problem has not been started yet.
  if (runner.kind === "stopped") return runner.problem === undefined ? "starting" : "stopped";
  if (folders.length === 0) return "starting";
  if (folders.some((folder) => folder.shownClasses.length > 0)) return "tasks";
  if (folders.some(({ state }) => state.problem !== undefined)) return "problem";
  if (folders.some(({ state }) => state.loadProblems.length > 0)) return "loadProblem";
  if (folders.every(({ state }) => state.taskFiles.length === 0)) return "noTaskFile";
  if (folders.some(({ state }) => state.node.problem !== undefined)) return "noNode";
  if (folders.some(({ state }) => state.areClassesKnown)) return "noClass";
  // Without trust the task files are not read.
  return isTrusted ? "starting" : "noTaskFile";
}
