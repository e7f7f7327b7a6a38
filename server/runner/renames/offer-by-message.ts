import type { Connection } from "vscode-languageserver";
import type { NoticedRename } from "./class-renames.ts";

const HAND_OVER = { title: "Hand Over" };

/** Asks with the editor's own message, for clients that do not know our notifications. True if the user agrees. */
export async function offerByMessage({ window }: Connection, { of, from, to, tasks }: NoticedRename): Promise<boolean> {
  const stored = tasks === 1 ? `1 stored task uses ${of} class ${from}` : `${tasks} stored tasks use ${of} class ${from}`;
  const answer = await window.showInformationMessage(
    `${stored}, which no longer exists; ${to} is new in the same file. Reassign the ${tasks === 1 ? "task" : "tasks"} to ${to}?`,
    HAND_OVER,
  );
  return answer?.title === HAND_OVER.title;
}
