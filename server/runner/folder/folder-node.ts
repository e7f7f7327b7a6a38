import type { NodeState } from "../../protocol/folder-state.ts";
import type { NodeSearchResult } from "../node/node-search.ts";
import type { LogLevel } from "../runner-log.ts";

interface Host {
  searchNode(setting: string | undefined): Promise<NodeSearchResult>;
  line(level: LogLevel, text: string): void;
}

/** Which Node executes a folder's user code: looked for when it is needed first, and told of. */
export class FolderNode {
  readonly #host: Host;
  readonly #onState: (node: NodeState) => void;
  #search: Promise<NodeSearchResult> | undefined;
  #result: NodeSearchResult | undefined;

  constructor(host: Host, onState: (node: NodeState) => void) {
    this.#host = host;
    this.#onState = onState;
  }

  /** What was found last. */
  get result(): NodeSearchResult | undefined {
    return this.#result;
  }

  get(setting: string | undefined): Promise<NodeSearchResult> {
    this.#search ??= this.#look(setting);
    return this.#search;
  }

  /** The next need looks anew. */
  forget(): void {
    this.#search = undefined;
  }

  async #look(setting: string | undefined): Promise<NodeSearchResult> {
    const result = await this.#host.searchNode(setting);
    this.#result = result;
    if (result.found) {
      const { path, version, source } = result.found;
      this.#host.line("info", `Executing tasks with Node ${version}: ${path} (${IN_WORDS[source]}).`);
      this.#onState({ path, version, source });
    } else {
      this.#host.line("error", result.problem);
      this.#onState({ problem: result.problem });
      // Somebody may install one.
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
