import type { CheckOptions } from "./commands/check.ts";
import type { SchedulesOptions } from "./commands/classes.ts";
import { type DefineCommand, EXIT_CODE_HELP, helpEnd, positiveInteger, wholeNumber } from "./define-command.ts";

const { fine, badInput } = EXIT_CODE_HELP;

export function defineToolCommands(define: DefineCommand): void {
  const classes = define("classes", "Show the task, action and process classes of the task files, which are loaded for this");
  classes.command
    .addHelpText("after", helpEnd(["classes", "classes --json | jq '.classes[].name'"], [fine, badInput]))
    .action(() => classes.run(async (context) => (await import("./commands/classes.ts")).classes(context)));

  const schedules = define("schedules", "Show when scheduled classes are due; the task files are loaded for this");
  schedules.command
    .option("--next <count>", "how many future times to show (default: 5)", positiveInteger)
    .addHelpText("after", helpEnd(["schedules", "schedules --next 20 --json"], [fine, badInput]))
    .action((options: SchedulesOptions) =>
      schedules.run(async (context) => (await import("./commands/classes.ts")).schedules(context, options)),
    );

  const check = define("check", "Check the task files without executing any task, for CI");
  check.command
    .option("--max-warnings <count>", "exit with 0 for up to this many warnings (default: 0)", wholeNumber)
    .option("--quiet", "report errors only")
    .option("--sarif", "print a SARIF 2.1.0 log on stdout, for code scanning")
    .addHelpText(
      "after",
      helpEnd(
        ["check", "check --max-warnings 10", "check --quiet --json", "check --sarif > check.sarif"],
        ["0  no errors, and no more warnings than allowed", "1  errors or more warnings were found", badInput],
      ),
    )
    .action((options: CheckOptions) => check.run(async (context) => (await import("./commands/check.ts")).check(context, options)));

  const lsp = define("lsp", "Run the language server");
  lsp.command
    .option("--stdio", "communicate over standard input and output")
    .addHelpText("after", helpEnd(["lsp --stdio"], [fine, badInput]))
    .action(() => lsp.run(async () => (await import("./commands/lsp.ts")).lsp()));
}
