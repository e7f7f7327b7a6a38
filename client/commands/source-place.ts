import type { FailureState } from "../../server/protocol/folder-state.ts";
import type { CommandTarget } from "../asking/command-target.ts";
import type { FolderModel } from "../model/folder-model.ts";

/** Absolute path, 1-based line and column. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Where what is meant stands in the source: the failing line if it failed, else its class. */
export function sourcePlace(folder: FolderModel, target: CommandTarget): SourcePlace | undefined {
  if (target.file !== undefined) return problemPlace(folder, target.file);
  const task = target.task === undefined ? undefined : folder.task(target.task);
  const action = task?.actions.find(({ id }) => id === target.action);
  if (action) return failurePlace(action.error) ?? classPlace(folder, "action", action.class) ?? classPlace(folder, "task", task?.class);
  return (
    failurePlace(task?.error) ?? classPlace(folder, "task", task?.class ?? target.class) ?? classPlace(folder, "process", target.class)
  );
}

function problemPlace({ state }: FolderModel, file: string): SourcePlace {
  const problem = state.loadProblems.find((candidate) => candidate.file === file);
  return { file, line: problem?.line ?? 1, column: problem?.column ?? 1 };
}

function failurePlace(failure: FailureState | undefined): SourcePlace | undefined {
  return failure?.file === undefined ? undefined : { file: failure.file, line: failure.line ?? 1, column: failure.column ?? 1 };
}

function classPlace(folder: FolderModel, kind: "task" | "action" | "process", name: string | undefined): SourcePlace | undefined {
  const found = name === undefined ? undefined : folder.classNamed(kind, name);
  return found?.file === undefined ? undefined : { file: found.file, line: found.line ?? 1, column: 1 };
}
