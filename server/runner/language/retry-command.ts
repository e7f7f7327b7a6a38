import type { Command } from "vscode-languageserver";
import type { Failure } from "../model/failure.ts";
import type { FolderFacts } from "../model/folder-facts.ts";
import type { EditorCommands } from "./editor-commands.ts";

/** Starts the next attempt immediately; `undefined` if none is left. */
export function retryCommand(
  title: string,
  { task, willRetry }: Pick<Failure, "task" | "willRetry">,
  { uri: folder, tasks }: Pick<FolderFacts, "uri" | "tasks">,
  commands: EditorCommands,
): Command | undefined {
  const found = tasks.find(({ id }) => id === task);
  if (!found || found.held) return undefined;
  if (found.status === "failed" || found.nextAttemptAt !== undefined) return commands.retry(title, { folder, task });
  return willRetry ? commands.runTask(title, { folder, task }) : undefined;
}
