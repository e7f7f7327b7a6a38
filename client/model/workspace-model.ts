import type { FolderChange, FolderSnapshot } from "../../server/protocol/folder-state.ts";
import { type FolderDifference, FolderModel } from "./folder-model.ts";

/** Everything may have changed: folders were added or removed, or the runner was restarted. */
export interface WholeChanged {
  readonly kind: "whole";
}

export interface FolderChanged extends FolderDifference {
  readonly kind: "folder";
  readonly folder: FolderModel;
}

export type ModelChange = WholeChanged | FolderChanged;

/** All folders of the window, as reported by the runner. Independent of the editor. */
export class WorkspaceModel {
  #folders = new Map<string, FolderModel>();
  readonly #listeners = new Set<(change: ModelChange) => void>();

  /** In the order of the workspace. */
  get folders(): readonly FolderModel[] {
    return [...this.#folders.values()];
  }

  folder(uri: string): FolderModel | undefined {
    return this.#folders.get(uri);
  }

  /** Returns a disposable that removes the listener. */
  onChange(listener: (change: ModelChange) => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  reset(snapshots: readonly FolderSnapshot[]): void {
    this.#folders = new Map(snapshots.map((snapshot) => [snapshot.state.uri, new FolderModel(snapshot)]));
    this.#tell({ kind: "whole" });
  }

  /** Returns false if a change was missed, so that the whole state has to be requested. */
  apply(change: FolderChange): boolean {
    const folder = this.#folders.get(change.uri);
    const difference = folder?.apply(change);
    if (!folder || !difference) return false;
    this.#tell({ kind: "folder", folder, ...difference });
    return true;
  }

  #tell(change: ModelChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}
