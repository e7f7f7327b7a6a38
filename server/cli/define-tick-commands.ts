import { type Command, Option } from "commander";
import type { DrainOptions } from "./commands/drain.ts";
import type { ServeOptions } from "./commands/serve.ts";
import type { TickOptions } from "./commands/tick.ts";
import { type DefineCommand, EXIT_CODE_HELP, helpEnd, positiveNumber, withStoreOption } from "./define-command.ts";

const { fine, actionFailed, badInput, locked, storeUnusable, signalled } = EXIT_CODE_HELP;

export function defineTickCommands(defineCommand: DefineCommand): void {
  const define = withStoreOption(defineCommand);
  const tick = define("tick", "Execute the stored tasks once, until the time budget is spent");
  filterOptions(timeBudget(tick.command))
    .addHelpText(
      "after",
      helpEnd(
        ["tick", "tick --max-execution-time 5 --json", 'tick --task "Compress logs"'],
        [fine, actionFailed, badInput, locked, storeUnusable, signalled],
      ),
    )
    .action((options: TickOptions) => tick.run(async (context) => (await import("./commands/tick.ts")).tick(context, options)));

  const drain = define("drain", "Execute ticks until no task can continue; waits for tasks that will be retried later");
  filterOptions(timeBudget(drain.command))
    .addHelpText(
      "after",
      helpEnd(
        ["drain", "drain --class CompressLogs --json"],
        [fine, "1  an action failed for good", badInput, locked, storeUnusable, signalled],
      ),
    )
    .action((options: DrainOptions) => drain.run(async (context) => (await import("./commands/drain.ts")).drain(context, options)));

  const serve = define("serve", "Execute a tick whenever one is due, until SIGTERM or SIGINT; the current chunk is finished first");
  timeBudget(serve.command)
    .addHelpText(
      "after",
      helpEnd(
        ["serve", "serve --workspace /srv/app --max-execution-time 10"],
        [
          "0  stopped by a signal; running actions are paused",
          badInput,
          storeUnusable,
          "129, 130, 143  a second signal stopped it immediately",
        ],
      ),
    )
    .action((options: ServeOptions) => serve.run(async (context) => (await import("./commands/serve.ts")).serve(context, options)));
}

function timeBudget(command: Command): Command {
  return command.addOption(
    new Option(
      "--max-execution-time <seconds>",
      "time budget of a tick; fractions are allowed (default: the workspace setting, or 30)",
    ).argParser(positiveNumber),
  );
}

function filterOptions(command: Command): Command {
  return command
    .option("--task <task>", "only the task with this id or unique name")
    .option("--class <class>", "only tasks of this class")
    .addOption(new Option("--type <type>", "only tasks of this type").choices(["interactive", "cron"]));
}
