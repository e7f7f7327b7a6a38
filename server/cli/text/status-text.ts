import type { TaskRecord } from "../../store/index.ts";
import type { Colors } from "./style.ts";

/** The status in words, with what keeps the task from going on. */
export function formatStatus(task: Pick<TaskRecord, "status" | "held" | "problem" | "nextAttemptAt">): string {
  if (task.held) return `${task.status}, held`;
  if (task.problem !== undefined) return `${task.status}, blocked`;
  return task.status;
}

/** The colour of a status or an outcome. */
export function colorOf(word: string, colors: Colors): (text: string) => string {
  switch (word) {
    case "finished":
      return colors.green;
    case "failed":
    case "damaged":
    case "cancelled":
      return colors.red;
    case "will-retry":
    case "finished-with-failures":
    case "recovering":
      return colors.yellow;
    case "running":
    case "starting":
      return colors.cyan;
    default:
      return (text) => text;
  }
}
