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
  /** Id; empty where the task failed as a whole. */
  readonly action: string;
}

type Make<Place> = (title: string, place: Place) => Command | undefined;

/** What a person can be offered to click on, by who draws it: `undefined` for what that client has no command for. */
export interface EditorCommands {
  readonly run: Make<ClassPlace>;
  readonly debug: Make<ClassPlace>;
  readonly create: Make<ClassPlace>;
  readonly reveal: Make<ClassPlace>;
  /** One tick of this task alone. */
  readonly runTask: Make<TaskPlace>;
  /** Of a task that has failed, or waits for its next attempt. */
  readonly retry: Make<TaskPlace>;
  readonly debugFailure: Make<FailurePlace>;
  readonly dismiss: Make<FailurePlace>;
  /** Of an action that is still to be executed. */
  readonly editParams: Make<FailurePlace>;
  readonly showTaskData: Make<TaskPlace>;
  /** Of a task that has ended. */
  readonly openHistoryEntry: Make<TaskPlace>;
}

/** The commands of our own client, which asks for what is missing, shows progress and tells what came of it. */
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

/** Those that this server executes itself, for every other client. */
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
