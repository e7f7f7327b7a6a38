import type { Rule } from "./static-check.ts";

const DOCS = "https://github.com/background-task-ex/background-task-ex/blob/main/docs/command-line.md#commands";

/** Rules that only loading the task files can check. */
export const LOADING_RULES: readonly Rule[] = [
  { code: "file-does-not-load", title: "A file cannot be built, or threw an error while being imported", severity: "error", docs: DOCS },
  { code: "class-not-usable", title: "A class cannot be used", severity: "error", docs: DOCS },
];
