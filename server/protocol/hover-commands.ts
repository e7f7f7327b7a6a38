/** The commands of our own client that a hover may link to. The client executes no others from it, whatever a text in it says. */
export const HOVER_COMMANDS = [
  "backgroundTasks.retryTask",
  "backgroundTasks.runTask",
  "backgroundTasks.debugFailure",
  "backgroundTasks.showTaskData",
  "backgroundTasks.openHistoryEntry",
] as const;
