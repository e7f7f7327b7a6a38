import { type DefineCommand, EXIT_CODE_HELP, helpEnd } from "./define-command.ts";

const { fine, badInput } = EXIT_CODE_HELP;

export function defineToolCommands(define: DefineCommand): void {
  const check = define("check", "Check the task files without executing a task, for CI");
  check.command
    .addHelpText("after", helpEnd(["check", "check --json"], ["0  no errors", "1  errors were found", badInput]))
    .action(() => check.run(async (context) => (await import("./commands/check.ts")).check(context)));

  const lsp = define("lsp", "Run the language server");
  lsp.command
    .option("--stdio", "talk over standard input and output")
    .addHelpText("after", helpEnd(["lsp --stdio"], [fine, badInput]))
    .action(() => lsp.run(async () => (await import("./commands/lsp.ts")).lsp()));
}
