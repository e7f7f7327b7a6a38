import type { Template } from "./templates.ts";

/** Result of the command New Task File. */
export interface WrittenTaskFile {
  /** Absolute path. */
  readonly file: string;
  readonly className: string;
  /** Params for a first task. */
  readonly params: Template["params"];
  /** URI of the workspace folder; absent outside of any. */
  readonly workspaceFolder?: string;
}
