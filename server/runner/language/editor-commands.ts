import type { Command } from "vscode-languageserver";

export interface ClassPlace {
  /** URI of the workspace folder. */
  readonly folder: string;
  readonly class: string;
}

export interface TaskPlace {
  readonly folder: string;
  /** Id. */
  readonly task: string;
}

export interface FailurePlace extends TaskPlace {
  /** Id; empty if the task failed as a whole. */
  readonly action: string;
}

type Make<Place> = (title: string, place: Place) => Command | undefined;

/** The clickable commands, depending on the client: `undefined` if it has no such command. */
export interface EditorCommands {
  readonly run: Make<ClassPlace>;
  readonly debug: Make<ClassPlace>;
  readonly create: Make<ClassPlace>;
  readonly reveal: Make<ClassPlace>;
  /** One tick of this task alone. */
  readonly runTask: Make<TaskPlace>;
  /** For a task that failed, or waits for its next attempt. */
  readonly retry: Make<TaskPlace>;
  readonly debugFailure: Make<FailurePlace>;
  readonly dismiss: Make<FailurePlace>;
  /** For an action that has not ended. */
  readonly editParams: Make<FailurePlace>;
  readonly showTaskData: Make<TaskPlace>;
  /** For a task that has ended. */
  readonly openHistoryEntry: Make<TaskPlace>;
}

/** Commands of our own client, which asks for missing arguments, shows progress and reports the result. */
export const CLIENT_COMMANDS: EditorCommands = {
  run: command("backgroundTasks.runTick", "Run one tick for the tasks of this class"),
  debug: command("backgroundTasks.debugTick", "Run one tick for the tasks of this class in the debugger"),
  create: command("backgroundTasks.createTask", "Create a task of this class with the params you enter"),
  reveal: command("backgroundTasks.revealInTasks", "Show them in the Tasks view"),
  runTask: command("backgroundTasks.runTask", "Run this task now"),
  retry: command("backgroundTasks.retryTask", "Start the next attempt now"),
  debugFailure: command(
    "backgroundTasks.debugFailure",
    "Execute the failed attempt again in the debugger, on a copy of the task in memory",
  ),
  dismiss: command("backgroundTasks.dismissFailure"),
  editParams: command("backgroundTasks.editParams"),
  showTaskData: command("backgroundTasks.showTaskData"),
  openHistoryEntry: command("backgroundTasks.openHistoryEntry"),
};

/** Commands executed by this server, for every other client. */
export const SERVER_COMMANDS: EditorCommands = {
  run: command("background-tasks.tick"),
  debug: () => undefined,
  create: () => undefined,
  reveal: () => undefined,
  runTask: command("background-tasks.tick"),
  retry: (title, place) => ({ title, command: "background-tasks.retry", arguments: [{ ...place, tick: true }] }),
  debugFailure: () => undefined,
  dismiss: command("background-tasks.dismissFailure"),
  editParams: () => undefined,
  showTaskData: () => undefined,
  openHistoryEntry: () => undefined,
};

function command<Place extends object>(name: string, tooltip?: string): Make<Place> {
  return (title, place) => ({ title, ...(tooltip !== undefined && { tooltip }), command: name, arguments: [place] });
}
