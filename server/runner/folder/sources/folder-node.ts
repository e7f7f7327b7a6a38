import type { NodeState } from "../../../protocol/folder-state.ts";
import type { ObservedFolder } from "../../model/observed-folder.ts";
import type { NodeSearchResult } from "../../node/node-search.ts";
import type { FolderHost } from "../folder-host.ts";
import type { FolderLog } from "../folder-log.ts";

interface Search {
  /** `nodePath` of the settings. */
  readonly setting: string | undefined;
  readonly result: Promise<NodeSearchResult>;
}

/** Which Node executes a folder's user code: searched for when it is first needed, and again when the setting has changed. */
export class FolderNode {
  readonly #model: ObservedFolder;
  readonly #searchNode: FolderHost["searchNode"];
  readonly #log: FolderLog;
  #search: Search | undefined;

  constructor(model: ObservedFolder, searchNode: FolderHost["searchNode"], log: FolderLog) {
    this.#model = model;
    this.#searchNode = searchNode;
    this.#log = log;
  }

  get(): Promise<NodeSearchResult> {
    const setting = this.#model.slices.settings.nodePath;
    if (!this.#search || this.#search.setting !== setting) this.#search = { setting, result: this.#look(setting) };
    return this.#search.result;
  }

  async #look(setting: string | undefined): Promise<NodeSearchResult> {
    const result = await this.#searchNode(setting);
    if (result.found) {
      const { path, version, source } = result.found;
      this.#log.line("info", `Executing tasks with Node ${version}: ${path} (${IN_WORDS[source]}).`);
      this.#model.set({ node: { path, version, source } });
    } else {
      this.#log.line("error", result.problem);
      this.#model.set({ node: { problem: result.problem } });
      // One may be installed later.
      this.#search = undefined;
    }
    return result;
  }
}

const IN_WORDS: Readonly<Record<NonNullable<NodeState["source"]>, string>> = {
  setting: "from the setting backgroundTasks.nodePath",
  path: "found on the PATH",
  "login-shell": "found in a login shell",
  editor: "built into the editor",
};
