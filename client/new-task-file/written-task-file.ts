import type { Template } from "./templates.ts";

/** What the command New Task File answers. */
export interface WrittenTaskFile {
  /** Absolute path. */
  readonly file: string;
  readonly className: string;
  /** That a first task can be created with. */
  readonly params: Template["params"];
  /** URI of the workspace folder; absent outside of any. */
  readonly workspaceFolder?: string;
}
