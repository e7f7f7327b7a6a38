import type { CreateOptions } from "./commands/create.ts";
import type { EditOptions } from "./commands/edit.ts";
import type { HistoryOptions } from "./commands/history.ts";
import type { ListOptions } from "./commands/list.ts";
import type { ReassignOptions } from "./commands/reassign.ts";
import { type DefineCommand, EXIT_CODE_HELP, helpEnd, positiveInteger, repeated, withStoreOption } from "./define-command.ts";

const { fine, badInput, storeUnusable } = EXIT_CODE_HELP;
const EXIT_CODES = [fine, badInput, storeUnusable];

export function defineTaskCommands(defineCommand: DefineCommand): void {
  const define = withStoreOption(defineCommand);
  const create = define("create <class>", "Create a task of a class; the next tick executes it");
  create.command
    .option("--params <json>", "the task's params: JSON, @file, or - for standard input (default: {})")
    .option("--name <name>", "display name (default: the class name)")
    .option("--interactive", "someone is waiting for it: execute it after the current tick, before tasks of type cron")
    .addHelpText(
      "after",
      helpEnd(
        [
          `create CompressLogs --params '{"directory":"logs"}'`,
          "create CompressLogs --params @params.json --name nightly",
          "create Reindex --params - < params.json",
        ],
        [fine, "1  the class's own code threw an error; no task was created", badInput, storeUnusable],
      ),
    )
    .action((className: string, options: CreateOptions) =>
      create.run(async (context) => (await import("./commands/create.ts")).create(context, className, options)),
    );

  const list = define("list", "Show the stored tasks");
  list.command
    .option("--limit <count>", "the maximum number of tasks (default: 200 on a terminal, otherwise all)", positiveInteger)
    .option("--all", "all tasks, also on a terminal")
    .addHelpText("after", helpEnd(["list", "list --limit 20", "list --json | jq '.tasks[].status'"], EXIT_CODES))
    .action((options: ListOptions) => list.run(async (context) => (await import("./commands/list.ts")).list(context, options)));

  const show = define("show <task>", "Show everything stored about a task, also after it has ended");
  show.command
    .addHelpText("after", helpEnd(["show nightly", "show 01jd7ap3k-x3k9ta --json"], EXIT_CODES))
    .action((task: string) => show.run(async (context) => (await import("./commands/show.ts")).show(context, task)));

  const history = define("history [task]", "Show the tasks that have ended, newest first; a named one with all its attempts");
  history.command
    .option("--class <class>", "only tasks of this class; may be repeated", repeated)
    .option("--failed", "only tasks with an action that failed for good")
    .option("--limit <count>", "the maximum number of entries", positiveInteger)
    .addHelpText("after", helpEnd(["history", "history nightly", "history --class CompressLogs --failed --limit 20 --json"], EXIT_CODES))
    .action((task: string | undefined, options: HistoryOptions) =>
      history.run(async (context) => (await import("./commands/history.ts")).history(context, task, options)),
    );

  const edit = define("edit <task>", "Replace the params of an action that is not being executed");
  edit.command
    .option("--action <action>", "the action's id or name (default: the current one)")
    .requiredOption("--params <json>", "the complete new params: JSON, @file, or - for standard input")
    .addHelpText(
      "after",
      helpEnd([`edit nightly --params '{"directory":"logs","chunkSize":8}'`, "edit nightly --action a2 --params @params.json"], EXIT_CODES),
    )
    .action((task: string, options: EditOptions) =>
      edit.run(async (context) => (await import("./commands/edit.ts")).edit(context, task, options)),
    );

  const reassign = define("reassign <from> <to>", "Give the tasks of a class that was renamed to the class's new name");
  reassign.command
    .option("--action", "the names are those of an action class")
    .addHelpText("after", helpEnd(["reassign CompressLogs PackLogs", "reassign Compress Pack --action --json"], EXIT_CODES))
    .action((from: string, to: string, options: ReassignOptions) =>
      reassign.run(async (context) => (await import("./commands/reassign.ts")).reassign(context, from, to, options)),
    );

  const requests = [
    ["retry", "Continue a failed task from the action that failed, or skip the wait for the next attempt"],
    ["cancel", "End a task for good; a running action is asked to stop, then terminated"],
    ["pause", "Hold a task until it is resumed; a running action is paused"],
    ["resume", "Continue a paused task"],
  ] as const;
  for (const [kind, description] of requests) {
    const request = define(`${kind} <task>`, description);
    request.command
      .addHelpText("after", helpEnd([`${kind} nightly`, `${kind} 01jd7ap3k-x3k9ta`], EXIT_CODES))
      .action((task: string) => request.run(async (context) => (await import("./commands/request.ts")).request(context, kind, task)));
  }
}
