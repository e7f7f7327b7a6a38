/** Commands of our own client that a hover may link to. The client executes no other command from a hover, regardless of its text. */
export const HOVER_COMMANDS = [
  "backgroundTasks.retryTask",
  "backgroundTasks.runTask",
  "backgroundTasks.debugFailure",
  "backgroundTasks.showTaskData",
  "backgroundTasks.openHistoryEntry",
] as const;
