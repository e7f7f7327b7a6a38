import { FolderModel } from "../../../client/model/folder-model.ts";
import { WorkspaceModel } from "../../../client/model/workspace-model.ts";
import type { ActionState, FolderSnapshot, FolderState, TaskState, TickState } from "../../../server/protocol/folder-state.ts";
import type { Wording } from "../../../server/words/wording.ts";

export const FOLDER = "file:///shop";
/** A Wednesday. */
export const NOW = "2026-11-25T10:00:00.000Z";

/** English, as the editor without a language pack says it. */
export const wording: Wording = {
  t: (message, ...args) => message.replaceAll(/\{(\d+)\}/g, (_, index) => String(args[Number(index)])),
  locale: "en-GB",
  now: Date.parse(NOW),
  timeZone: "UTC",
};

export function actionState(state: Partial<ActionState> = {}): ActionState {
  return { id: "compress", name: "CompressLogs", class: "CompressLogs", rank: 1, attempt: 0, ...state };
}

export function taskState(state: Partial<TaskState> = {}): TaskState {
  return {
    id: "t1",
    name: "nightly",
    class: "Nightly",
    type: "interactive",
    status: "created",
    message: "",
    createdAt: "2026-11-25T09:00:00.000Z",
    currentAction: null,
    actions: [actionState()],
    ...state,
  };
}

/** That executes the first action of the task above, where nothing else is said. */
export function tickState(state: Partial<TickState> = {}): TickState {
  return {
    startedBy: "person",
    startedAt: NOW,
    done: 0,
    total: 1,
    current: { task: "t1", action: "compress" },
    isCancelling: false,
    isDebugged: false,
    ...state,
  };
}

export function snapshot(state: Partial<FolderState> = {}): FolderSnapshot {
  const whole: FolderState = {
    uri: FOLDER,
    name: "shop",
    taskFiles: ["/shop/nightly.task.ts"],
    classes: [],
    areClassesKnown: false,
    loadProblems: [],
    tasks: [],
    tick: null,
    autoTick: "off",
    node: { path: "/usr/bin/node", version: "20.19.0", source: "path" },
    ...state,
  };
  return { revision: 1, state: whole };
}

export function folderModel(state: Partial<FolderState> = {}): FolderModel {
  return new FolderModel(snapshot(state));
}

export function workspaceModel(...folders: readonly Partial<FolderState>[]): WorkspaceModel {
  const model = new WorkspaceModel();
  model.reset(folders.map(snapshot));
  return model;
}
