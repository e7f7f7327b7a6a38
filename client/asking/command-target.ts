import type { TreeNode } from "../tree/tree-node.ts";
import type { CommandContext } from "./command-context.ts";

/** What a command is to act on. What is missing is asked for. */
export interface CommandTarget {
  /** URI of the workspace folder. */
  readonly folder?: string;
  readonly class?: string;
  /** Id. */
  readonly task?: string;
  /** Id, or index in a history entry. */
  readonly action?: string;
  /** Absolute path. */
  readonly file?: string;
}

const KEYS = ["folder", "class", "task", "action", "file"] as const;

/**
 * Commands are given a row of a view, an argument of a code lens or of a diagnostic, `{ of: "selection" }` by a key, or nothing by the
 * palette. Any other argument counts as none.
 */
export function targetOf(argument: unknown, { selectedNode }: Pick<CommandContext, "selectedNode">): CommandTarget {
  if (typeof argument !== "object" || argument === null) return {};
  const given: object | TreeNode = "of" in argument && argument.of === "selection" ? (selectedNode() ?? {}) : argument;
  const texts = KEYS.map((key) => [key, (given as Record<string, unknown>)[key]] as const).filter(([, value]) => typeof value === "string");
  return Object.fromEntries(texts) as CommandTarget;
}
