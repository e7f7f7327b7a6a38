import type { CheckOptions } from "./commands/check.ts";
import { type DefineCommand, EXIT_CODE_HELP, helpEnd } from "./define-command.ts";

const { fine, badInput } = EXIT_CODE_HELP;

export function defineToolCommands(define: DefineCommand): void {
  const check = define("check", "Check the task files without executing any task, for CI");
  check.command
    .option("--sarif", "print a SARIF 2.1.0 log on stdout, for code scanning")
    .addHelpText(
      "after",
      helpEnd(
        ["check", "check --json", "check --sarif > check.sarif"],
        ["0  neither errors nor warnings", "1  errors or warnings were found", badInput],
      ),
    )
    .action((options: CheckOptions) => check.run(async (context) => (await import("./commands/check.ts")).check(context, options)));

  const lsp = define("lsp", "Run the language server");
  lsp.command
    .option("--stdio", "communicate over standard input and output")
    .addHelpText("after", helpEnd(["lsp --stdio"], [fine, badInput]))
    .action(() => lsp.run(async () => (await import("./commands/lsp.ts")).lsp()));
}
