import type { FolderModel } from "../model/folder-model.ts";

/** True while this window's runner ticks in the folder. */
export function isOwnTick({ state }: FolderModel): boolean {
  return state.tick !== null && state.tick.startedBy !== "elsewhere";
}
