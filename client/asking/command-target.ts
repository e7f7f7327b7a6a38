import type { TreeNode } from "../tree/tree-node.ts";
import type { CommandContext } from "./command-context.ts";

/** The target of a command. Commands ask for missing parts. */
export interface CommandTarget {
  /** URI of the workspace folder. */
  readonly folder?: string;
  readonly class?: string;
  /** Task id. */
  readonly task?: string;
  /** Action id, or index in a history entry. */
  readonly action?: string;
  /** Absolute path. */
  readonly file?: string;
}

const KEYS = ["folder", "class", "task", "action", "file"] as const;

/**
 * Reads the argument of a command: a row of a view, the argument of a code lens or diagnostic, `{ of: "selection" }` from a key binding, or
 * nothing from the palette. Any other argument counts as none.
 */
export function targetOf(argument: unknown, { selectedNode }: Pick<CommandContext, "selectedNode">): CommandTarget {
  if (typeof argument !== "object" || argument === null) return {};
  const given: object | TreeNode = "of" in argument && argument.of === "selection" ? (selectedNode() ?? {}) : argument;
  const texts = KEYS.map((key) => [key, (given as Record<string, unknown>)[key]] as const).filter(([, value]) => typeof value === "string");
  return Object.fromEntries(texts) as CommandTarget;
}
